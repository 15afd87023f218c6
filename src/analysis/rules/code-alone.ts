import type { SgNode } from '@ast-grep/napi';
import type { SourceFile } from '../../change/source-file.ts';
import type { Span } from '../../languages/form.ts';
import { blankOut } from '../../text/blank-out.ts';
import { FUNCTION_KINDS, parseSource, type RuleLanguage } from '../languages.ts';
import { lazy } from '../lazy.ts';
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
/** Makes a message of its parts. */
const FORMATS = '(?:^|\\.)(?:Sprint(?:f|ln)?|Errorf|format|stringify|String|str|repr|join|concat)$';
const LITERALS: Readonly<Record<RuleLanguage, readonly string[]>> = {
  typescript: ['string_fragment'],
  python: ['string_content'],
  go: ['interpreted_string_literal_content', 'raw_string_literal_content'],
};

/** What is no matter of a rule: comments, and of one that reads all of a function, a class or a file what a log is told as well. */
export type Aside = 'comments' | 'logs';

/** Null: it is about comments. They stand between statements and arguments too: what is next to each other in the code is next to each other. */
export function decideAside(rule: unknown): Aside | null {
  const text = JSON.stringify(rule ?? null);
  if (text.includes('"comment"')) return null;
  return readsWide(rule) && !/console|logg?(?:er|ing)\b/i.test(text) ? 'logs' : 'comments';
}

/** A rule without what it refuses by such a text: of the text with its comments that may hold, and of the code not. */
export function withoutRefusals(rule: unknown, isWide = false): unknown {
  if (Array.isArray(rule)) return rule.map((one) => withoutRefusals(one, isWide));
  if (!isObject(rule)) return rule;
  const wide = isWide || listKinds(rule).some((kind) => WIDE.has(kind));
  const kept = Object.entries(rule).filter(
    ([key, value]) => key !== 'not' || !(readsWide(value) || (wide && asksText(value))),
  );
  const isSame = (key: string): boolean => key === 'all' || key === 'any' || key === 'not';
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutRefusals(value, wide && isSame(key))]));
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

/** A text and its tree. */
interface Code {
  tree: SgNode;
  text: string;
}

/**
 * The trees that rules of a file ask, each made when the first one does: of all of it, and of what is left without what is no matter
 * of a rule. Who knows already where the comments are gives them: the whole text need not be parsed for that.
 */
export function createTrees(
  whole: () => SgNode,
  file: SourceFile,
  language: RuleLanguage,
  comments: readonly Span[] | null,
): Readonly<Record<Aside | 'all', () => SgNode>> {
  const code = lazy(() => dropComments(whole, file, language, comments));
  return { all: whole, comments: () => code().tree, logs: lazy(() => dropLogs(code(), file, language).tree) };
}

/**
 * A file with blanks in place of its comments, at the same places: who says that somebody else checks it has not checked it. Itself,
 * where there are none.
 */
function dropComments(
  whole: () => SgNode,
  file: SourceFile,
  language: RuleLanguage,
  comments: readonly Span[] | null,
): Code {
  const text = blankOut(
    file.text,
    comments ??
      whole()
        .findAll({ rule: { kind: 'comment' } })
        .map(spanOf),
  );
  return { text, tree: text === file.text ? whole() : parseSource(language, { ...file, text }) };
}

/** The same of what it tells a log. */
function dropLogs(code: Code, file: SourceFile, language: RuleLanguage): Code {
  const text = blankOut(code.text, code.tree.findAll({ rule: toldToLog(language) }).map(spanOf));
  return text === code.text ? code : { text, tree: parseSource(language, { ...file, text }) };
}

function spanOf(node: SgNode): Span {
  const { start, end } = node.range();
  return [start.index, end.index];
}

function toldToLog(language: RuleLanguage): object {
  const kind = language === 'python' ? 'call' : 'call_expression';
  // What another call is given is no message: `log.Fatal(http.ListenAndServe("127.0.0.1:80", nil))`.
  const stopBy = {
    any: [
      { kind: language === 'typescript' ? 'statement_block' : 'block' },
      { kind, not: { has: { field: 'function', regex: FORMATS } } },
    ],
  };
  return {
    any: LITERALS[language].map((literal) => ({ kind: literal })),
    inside: { stopBy, kind, has: { field: 'function', regex: LOGS } },
  };
}
