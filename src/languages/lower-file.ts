import type { Language, Module } from './form.ts';
import { lowerGo } from './go/lower.ts';
import { lowerPython } from './python/lower.ts';
import { type GrammarName, loadGrammars, readSyntax } from './syntax.ts';
import { lowerTypeScript } from './typescript/lower.ts';

/** By the end of a file's name. */
const GRAMMARS: readonly { ends: RegExp; grammar: GrammarName }[] = [
  { ends: /\.(?:[cm]?ts)$/, grammar: 'typescript' },
  // JavaScript may hold JSX in any file; in TypeScript only `.tsx` does, and elsewhere `<T>x` is a type assertion.
  { ends: /\.(?:tsx|jsx|[cm]?js)$/, grammar: 'tsx' },
  { ends: /\.pyi?$/, grammar: 'python' },
  { ends: /\.go$/, grammar: 'go' },
];

const LOWER = { typescript: lowerTypeScript, tsx: lowerTypeScript, python: lowerPython, go: lowerGo };

/** Null: a language that is not known. */
export function decideGrammar(path: string): GrammarName | null {
  return GRAMMARS.find(({ ends }) => ends.test(path))?.grammar ?? null;
}

/**
 * A file in the intermediate form; null for a language that is not known.
 * @throws TooDeep
 */
export async function lowerFile(path: string, text: string): Promise<Module | null> {
  const grammar = decideGrammar(path);
  if (grammar === null) return null;
  await loadGrammars([grammar]);
  const { root, errors } = readSyntax(grammar, text);
  return LOWER[grammar](root, text, errors);
}

/** Loads the grammar that a file needs. Null: a language that is not known. */
export async function prepareLanguage(path: string): Promise<Language | null> {
  const grammar = decideGrammar(path);
  if (grammar === null) return null;
  await loadGrammars([grammar]);
  return grammar === 'tsx' ? 'typescript' : grammar;
}
