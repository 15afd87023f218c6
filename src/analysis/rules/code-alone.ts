import type { NapiConfig, SgNode } from '@ast-grep/napi';
import type { SourceFile } from '../../change/source-file.ts';
import { FUNCTION_KINDS, parseSource, type RuleLanguage } from '../languages.ts';
import { isObject } from './tree-test.ts';

/** What holds statements: of its text a rule asks what is done there. */
const WIDE: ReadonlySet<string> = new Set([
  ...Object.values(FUNCTION_KINDS).flat(),
  'program',
  'module',
  'source_file',
  'statement_block',
  'block',
  'class_body',
  'class_declaration',
  'class_definition',
  'decorated_definition',
]);

/** Who speaks of what happens, and decides nothing. */
const LOGS = '^(?:this\\.|self\\.|s\\.)?_?(?:console|[lL]og|[lL]ogger|[lL]ogging|slog|zap)\\.\\w+$';
const LITERALS: Readonly<Record<RuleLanguage, readonly string[]>> = {
  typescript: ['string_fragment'],
  python: ['string_content'],
  go: ['interpreted_string_literal', 'raw_string_literal'],
};

/** Whether a regular expression of a rule reads all of a function, a class or a file, and what is a comment there is no matter of it. */
export function readsAround(rule: unknown): boolean {
  return !JSON.stringify(rule ?? null).includes('"comment"') && readsWide(rule);
}

function readsWide(rule: unknown): boolean {
  if (Array.isArray(rule)) return rule.some(readsWide);
  if (!isObject(rule)) return false;
  if (asksText(rule) && listKinds(rule).some((kind) => WIDE.has(kind))) return true;
  return Object.values(rule).some(readsWide);
}

function asksText(rule: unknown): boolean {
  if (!isObject(rule)) return false;
  return 'regex' in rule || asksText(rule['not']) || listParts(rule).some(asksText);
}

function listKinds(rule: unknown): string[] {
  if (!isObject(rule)) return [];
  const { kind } = rule;
  return [...(typeof kind === 'string' ? [kind] : []), ...listParts(rule).flatMap(listKinds)];
}

function listParts({ all, any }: Readonly<Record<string, unknown>>): unknown[] {
  return [...(Array.isArray(all) ? all : []), ...(Array.isArray(any) ? any : [])];
}

/**
 * The tree of a file with blanks in place of its comments and of what it tells a log, at the same places: who says that somebody else
 * checks it has not checked it. Itself, where there is nothing of that.
 */
export function readCodeAlone(root: SgNode, file: SourceFile, language: RuleLanguage): SgNode {
  const told = root.findAll({ rule: { any: [{ kind: 'comment' }, toldToLog(language)] } } as NapiConfig);
  if (told.length === 0) return root;
  let text = '';
  let end = 0;
  for (const node of told) {
    const { start, end: to } = node.range();
    if (start.index < end) continue;
    const quoted = node.kind() === 'interpreted_string_literal' || node.kind() === 'raw_string_literal' ? 1 : 0;
    text += file.text.slice(end, start.index + quoted);
    text += file.text.slice(start.index + quoted, to.index - quoted).replace(/[^\n]/g, ' ');
    end = to.index - quoted;
  }
  return parseSource(language, { ...file, text: text + file.text.slice(end) });
}

function toldToLog(language: RuleLanguage): object {
  const call = { kind: language === 'python' ? 'call' : 'call_expression', has: { field: 'function', regex: LOGS } };
  return {
    any: LITERALS[language].map((kind) => ({ kind })),
    inside: { stopBy: { kind: 'statement_block' }, ...call },
  };
}
