import type { Flow, LanguageFlow, Sink } from './flow.ts';
import type { Hole, Value } from './value.ts';

export interface CompiledFlow {
  flow: Flow;
  language: LanguageFlow;
  looksLike: RegExp | null;
  prose: RegExp | null;
  unknownAfter: RegExp | null;
  identifierAfter: RegExp | null;
  pieceName: RegExp | null;
}

export interface Pasted {
  hole: Hole;
  /** The constant text right before it, and right after it. */
  before: string;
  after: string;
}

/** Stands for a value in the text of a statement. */
const HOLE = '\uE000';
const NEAR = 300;

export function compileFlow(flow: Flow, language: LanguageFlow): CompiledFlow {
  const compile = (pattern: string | undefined): RegExp | null =>
    pattern === undefined ? null : new RegExp(pattern, 'i');
  return {
    flow,
    language,
    looksLike: compile(flow.looksLike),
    prose: compile(flow.prose),
    unknownAfter: compile(flow.unknownAfter),
    identifierAfter: compile(flow.identifierAfter),
    pieceName: compile(flow.pieceName),
  };
}

/** Every value that should not be in the text, the worst first; empty when the text is harmless. */
export function pickPasted(one: CompiledFlow, sink: Sink, value: Value): Pasted[] {
  const fragment = sink.role === 'fragment';
  if (!value.built && !one.flow.bare && !fragment) return [];
  if (!fragment && !looksRight(one, value)) return [];
  const pasted = locate(value);
  const tainted = pasted.filter(({ hole }) => hole.level === 'tainted');
  const unknown = value.built ? pasted.filter((found) => isMisplaced(one, fragment, found)) : [];
  return dropRepeated([...tainted, ...unknown]);
}

function looksRight({ looksLike, prose }: CompiledFlow, value: Value): boolean {
  const skeleton = value.parts.map((part) => (part.kind === 'text' ? part.text : HOLE)).join('');
  if (looksLike && !looksLike.test(skeleton)) return false;
  return !prose?.test(skeleton);
}

function locate(value: Value): Pasted[] {
  const found: Pasted[] = [];
  let before = '';
  for (const [index, part] of value.parts.entries()) {
    if (part.kind === 'text') {
      before += part.text;
      continue;
    }
    const next = value.parts[index + 1];
    found.push({ hole: part, before, after: next?.kind === 'text' ? next.text.slice(0, NEAR) : '' });
    before += HOLE;
  }
  return found;
}

/** A value of unknown origin is told of only where a value belongs: what stands elsewhere may well be a piece of SQL. */
function isMisplaced({ unknownAfter, pieceName }: CompiledFlow, fragment: boolean, { hole, before }: Pasted): boolean {
  if (hole.level !== 'unknown' && hole.level !== 'helper') return false;
  const unquoted = fragment || hole.level === 'helper';
  if (unknownAfter && unquoted && !isQuoted(before)) return false;
  if (pieceName?.test(hole.name)) return false;
  return !unknownAfter || unknownAfter.test(before.slice(-NEAR));
}

function dropRepeated(pasted: readonly Pasted[]): Pasted[] {
  const key = ({ hole }: Pasted): string => `${hole.name} ${hole.place?.range().start.line ?? -1}`;
  return [...new Map([...pasted].reverse().map((found) => [key(found), found])).values()].reverse();
}

/** An odd number of quotes leaves one open. */
export function isQuoted(before: string): boolean {
  return (before.match(/'/g)?.length ?? 0) % 2 === 1;
}

/** The fix for where the value stands. */
export function chooseFix(one: CompiledFlow, sink: Sink, { hole, before, after }: Pasted): string {
  const { flow, language, identifierAfter } = one;
  const near = before.slice(-NEAR);
  if (sink.fix !== undefined) return sink.fix;
  if (isQuoted(before)) return language.fixQuoted ?? language.fix;
  if (/\bin\s*\(\s*$/i.test(near)) return language.fixList ?? language.fix;
  if (/\border\s+by\s+[^()]*[\w"'`\uE000\])]\s+$/i.test(near) && !/\b(?:limit|offset|fetch)\b[^()]*$/i.test(near))
    return language.fixDirection ?? flow.fixIdentifier ?? language.fix;
  if (identifierAfter?.test(near) || /^["`]?\.\w/.test(after)) return flow.fixIdentifier ?? language.fix;
  const bare = hole.builtIn === null || near.trim() === '' || /\b(?:where|and|or|having)\s*\(?$/i.test(near.trimEnd());
  return (bare ? flow.fixClause : undefined) ?? language.fix;
}
