import { createRequire } from 'node:module';
import { Lang, parse, registerDynamicLanguage, type SgNode } from '@ast-grep/napi';
import type { FileKind, SourceFile } from '../change/source-file.ts';
import type { RULE_LANGUAGES } from './rule-languages.ts';

const require = createRequire(import.meta.url);

export type RuleLanguage = (typeof RULE_LANGUAGES)[number];

// ast-grep ignores every call but the first, so all languages are registered in one.
registerDynamicLanguage({
  python: require('@ast-grep/lang-python') as Parameters<typeof registerDynamicLanguage>[0][string],
  go: require('@ast-grep/lang-go') as Parameters<typeof registerDynamicLanguage>[0][string],
});

export function decideLanguage(kind: FileKind): RuleLanguage | null {
  if (kind === 'typescript' || kind === 'javascript') return 'typescript';
  return kind === 'python' || kind === 'go' ? kind : null;
}

/** JavaScript may hold JSX in any file; in TypeScript only `.tsx` does, and elsewhere `<T>x` is a type assertion. */
export function decideGrammar(language: RuleLanguage, { kind, path }: Pick<SourceFile, 'kind' | 'path'>): string {
  if (language !== 'typescript') return language;
  return kind === 'typescript' && !path.endsWith('.tsx') ? Lang.TypeScript : Lang.Tsx;
}

export function parseSource(language: RuleLanguage, file: Pick<SourceFile, 'kind' | 'path' | 'text'>): SgNode {
  return parse(decideGrammar(language, file), file.text).root();
}

/** Places that the grammar could not read. */
export function countSyntaxErrors(language: RuleLanguage, file: Pick<SourceFile, 'kind' | 'path' | 'text'>): number {
  return parseSource(language, file).findAll({ rule: { kind: 'ERROR' } }).length;
}

/** What a function is called in each grammar. */
export const FUNCTION_KINDS: Record<RuleLanguage, readonly string[]> = {
  typescript: [
    'function_declaration',
    'function_expression',
    'generator_function_declaration',
    'method_definition',
    'arrow_function',
  ],
  python: ['function_definition', 'lambda'],
  go: ['function_declaration', 'method_declaration', 'func_literal'],
};

const FUNCTIONS = new Set(Object.values(FUNCTION_KINDS).flat());

export function isFunction(node: SgNode): boolean {
  return FUNCTIONS.has(String(node.kind()));
}

/** The dotted name of what encloses a node (`OrderService.cancel`), or "" at the top level. */
export function nameSymbol(node: SgNode): string {
  const names: string[] = [];
  // To ask each of them for its parent would look through all that stands before it, once a step.
  const around = [node, ...node.ancestors()];
  for (const [index, at] of around.entries()) {
    const kind = String(at.kind());
    if (FUNCTIONS.has(kind) || kind === 'class_declaration' || kind === 'class_definition') {
      const own = at.field('name')?.text() ?? nameOfHolder(around[index + 1] ?? null);
      if (own) names.unshift(own);
    }
  }
  return names.join('.');
}

function nameOfHolder(parent: SgNode | null): string | undefined {
  if (parent?.kind() === 'variable_declarator') return parent.field('name')?.text();
  if (parent?.kind() === 'pair') return parent.field('key')?.text();
  return undefined;
}
