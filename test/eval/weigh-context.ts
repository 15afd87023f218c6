import type { Piece } from '../../src/context/context.ts';
import { KIND_OF, KINDS, type Kind } from '../../src/context/kinds.ts';
import type { Answer } from '../../src/model/answer.ts';

/** What one kind of context costs in the requests of a case, and what its answers made of it. */
export interface Weight {
  kind: Kind;
  /** In each request of the case. */
  tokens: number;
  /** An answer quotes a line of it, or names it by file and number. */
  cited: boolean;
  /** An answer names its file, or a name that stands nowhere else in the request. */
  named: boolean;
}

export interface Weighed {
  weights: Weight[];
  /** Places that answers rely on and no request shows: they were looked up. */
  lookedUp: string[];
}

interface Shown {
  kind: Kind;
  path: string;
  side: 'head' | 'base';
  /** With their numbers, those of the base for its side. */
  lines: [line: number, text: string][];
  chars: number;
}

/** Of code and prose as it is shown. */
const CHARS_PER_TOKEN = 3.5;
/** A plain diff shows so many lines around a change; what stands further away is there because functions are shown whole. */
const AROUND = 6;

const CONTEXT =
  /<context-(\w*) path=("(?:[^"\\]|\\.)*") side="(head|base)" role="([^"]+)" because=("(?:[^"\\]|\\.)*")>\n([^]*?)\n<\/context-\1>/g;
const FILE = /<file-(\w*) path=("(?:[^"\\]|\\.)*") kind="\w+">\n([^]*?)\n<\/file-\1>/g;
const ROW = /^([-+~ ]) *(\d+) \| (.*)$/;
const TAGGED = /<(context|file|known|left-out)-(\w*)[^]*?<\/\1-\2>/g;

/** @param prompt the parts of one request of the review, the task last */
export function weighContext(prompt: readonly string[], answers: readonly Answer[]): Weighed {
  const code = prompt.at(-2) ?? '';
  const intent = prompt.length > 2 ? (prompt[0] ?? '') : '';
  const shown = [...readPieces(intent), ...readPieces(code), ...readFunctions(code)];
  const own = [...code.matchAll(FILE)].map((match) => match[3]).join('\n');
  const texts = answers.flatMap(listTexts);
  const cited = [...answers.flatMap(listPlaces), ...texts.flatMap(listNamedPlaces)];
  const said = texts.join('\n');
  const ofKind = (kind: Kind): Weight => {
    const mine = shown.filter((one) => one.kind === kind);
    return {
      kind,
      tokens: toTokens(mine.reduce((sum, { chars }) => sum + chars, 0)),
      cited: mine.some((one) => cited.some((place) => holds(one, place))),
      named: mine.some((one) => names(said, one, own)),
    };
  };
  const bare = (kind: Kind, text: string): Weight => ({
    kind,
    tokens: toTokens(text.length),
    cited: false,
    named: false,
  });
  const weights = KINDS.map((kind) => {
    if (kind === 'intent') return bare(kind, intent.replace(CONTEXT, '').trim());
    return kind === 'guidance' ? bare(kind, code.replace(TAGGED, '').trim()) : ofKind(kind);
  });
  const all = [...shown, ...readChanged(code)];
  const unseen = cited.filter((place) => !all.some((one) => holds(one, place)));
  return { weights, lookedUp: [...new Set(unseen.map(({ path, line }) => (line ? `${path}:${line}` : path)))] };
}

function toTokens(chars: number): number {
  return Math.round(chars / CHARS_PER_TOKEN);
}

function readRows(text: string): { mark: string; line: number; text: string }[] {
  return text.split('\n').flatMap((row) => {
    const match = ROW.exec(row);
    return match ? [{ mark: match[1] ?? ' ', line: Number(match[2]), text: match[3] ?? '' }] : [];
  });
}

function readPieces(code: string): Shown[] {
  return [...code.matchAll(CONTEXT)].map(([all, , path = '""', side, role, , body = '']) => ({
    kind: KIND_OF[role as Piece['role']],
    path: JSON.parse(path) as string,
    side: side as Shown['side'],
    lines: readRows(body).map(({ line, text }) => [line, text]),
    chars: all.length,
  }));
}

/** Every line of the changed files that is shown, and the removed ones. */
function readChanged(code: string): Shown[] {
  return [...code.matchAll(FILE)].flatMap(([, , path = '""', body = '']) =>
    (['head', 'base'] as const).map((side) => ({
      kind: 'functions' as const,
      path: JSON.parse(path) as string,
      side,
      lines: readRows(body).flatMap(({ mark, line, text }): [number, string][] =>
        (mark === '-') === (side === 'base') || mark === ' ' ? [[line, text]] : [],
      ),
      chars: 0,
    })),
  );
}

/** Of changed files: what stands further from a change than a plain diff shows. */
function readFunctions(code: string): Shown[] {
  return [...code.matchAll(FILE)].map(([, , path = '""', body = '']) => {
    const rows = readRows(body);
    const at = rows.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
    const far = rows.filter(
      ({ mark }, index) => mark === ' ' && at.every((changed) => Math.abs(changed - index) > AROUND),
    );
    return {
      kind: 'functions' as const,
      path: JSON.parse(path) as string,
      side: 'head' as const,
      lines: far.map(({ line, text }) => [line, text]),
      chars: far.reduce((sum, { text }) => sum + text.length + 10, 0),
    };
  });
}

interface Place {
  path: string;
  side?: Shown['side'];
  line?: number;
  quote?: string;
}

/** What an answer quotes. */
function listPlaces({ findings, verdicts }: Answer): Place[] {
  return [
    ...findings
      .flatMap((finding) => [finding, ...finding.alsoAt])
      .map(({ path, quote, removed }) => ({ path, quote, side: removed ? ('base' as const) : ('head' as const) })),
    ...verdicts.map(({ path, quote, side }) => ({ path, quote, side })),
  ];
}

function listTexts({ findings, verdicts }: Answer): string[] {
  return [
    ...findings.flatMap(({ title, explanation, dependsOn }) => [title, explanation, dependsOn ?? '']),
    ...verdicts.map(({ reason }) => reason),
  ];
}

/** "`carrier.ts` line 19", "src/main.ts:9". */
function listNamedPlaces(text: string): Place[] {
  return [
    ...text.matchAll(
      /([\w./-]*\w\.(?:[cm]?[jt]sx?|py|go|sql|prisma|md|ya?ml|json|toml|proto|graphql))`?(?::|,? \(?lines? )(\d+)/g,
    ),
  ].map((match) => ({
    path: match[1] ?? '',
    line: Number(match[2]),
  }));
}

function holds(one: Shown, { path, side, line, quote }: Place): boolean {
  const isSame = one.path === path || one.path.endsWith(`/${path}`);
  if (!isSame || (side !== undefined && side !== one.side)) return false;
  if (line !== undefined) return one.lines.some(([at]) => at === line);
  const first = quote
    ?.split('\n')
    .find((text) => text.trim() !== '')
    ?.trim();
  return first !== undefined && one.lines.some(([, text]) => text.trim() === first);
}

function names(said: string, { path, lines, kind }: Shown, own: string): boolean {
  const base = path.split('/').at(-1) ?? path;
  if (kind !== 'functions' && said.includes(base) && !own.includes(base)) return true;
  const text = lines.map(([, row]) => row).join('\n');
  const words = [...said.matchAll(/`([\w.]{4,60})(?:\([^`]*\))?`/g)].map((match) => match[1]?.split('.').at(-1) ?? '');
  const isWord = (word: string, where: string): boolean => new RegExp(`\\b${word}\\b`).test(where);
  const others =
    kind === 'functions'
      ? own
          .split('\n')
          .filter((row) => !text.includes(row.slice(9)))
          .join('\n')
      : own;
  return words.some((word) => word.length > 3 && isWord(word, text) && !isWord(word, others));
}
