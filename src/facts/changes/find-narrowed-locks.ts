import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { indentOf } from '../../text/indent-of.ts';
import type { ChangedLine, FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { isShort, LONGEST_LINE } from './changed-code.ts';
import { linesIn, pairsOf } from './pairs-of.ts';

const TAKES = /^\s*([\w.]+)\.R?Lock\(\)|^\s*(?:async\s+)?with\s+((?:self|cls)\.\w*(?:lock|mutex)\w*)\s*:/i;
const ABOUT_LOCK = /\.R?(?:Unl|L)ock\(\)|\bwith\s+(?:self|cls)\.\w*(?:lock|mutex)\w*\s*:/i;

/** Fields of its object that a method used only under a lock before the change, and uses outside of it now. */
export const findNarrowedLocks: FindFacts = (_facts, read, before) => {
  if (!before || !/\.(?:go|py)$/.test(before.path) || !ABOUT_LOCK.test(read({ path: before.path, ...WHOLE })))
    return [];
  const [removed, added] = [before.removed.filter(isShort), before.added.filter(isShort)];
  return pairsOf(before)
    .filter(({ base, head }) => linesIn(base, removed).length + linesIn(head, added).length > 0)
    .slice(0, MOST_FUNCTIONS)
    .filter(fitInto(MOST_LINES))
    .flatMap((pair) => findIn(pair, read, before));
};

const WHOLE = { startLine: 1, endLine: Number.MAX_SAFE_INTEGER };
const MOST_FUNCTIONS = 200;
/** Of all functions that are looked at, on both sides: each line of them is searched for each field. */
const MOST_LINES = 6000;

/** Lets through what has room; what is too long for it takes nothing from the others. */
function fitInto(room: number): (pair: ReturnType<typeof pairsOf>[number]) => boolean {
  let left = room;
  return ({ base, head }) => {
    const lines = base.endLine - base.startLine + head.endLine - head.startLine + 2;
    if (lines > left) return false;
    left -= lines;
    return true;
  };
}

function findIn(
  { name, base, head }: ReturnType<typeof pairsOf>[number],
  read: ReadPlace,
  before: FactsBefore,
): FactHit[] {
  const [was, is] = [usesOf(linesOf(before.read(base))), usesOf(linesOf(read(head)))];
  const [field, index] =
    [...is.outside].find(
      ([one]) =>
        was.inside.has(one) &&
        !was.outside.has(one) &&
        ((is.inside.has(one) && is.changed.has(one)) || (was.changed.has(one) && is.given.has(one))),
    ) ?? [];
  if (field === undefined || index === undefined || is.lock === null) return [];
  const use = head.startLine + index;
  const added = linesIn(head, before.added);
  const now = added.find(({ line }) => line === use) ?? added.find(isAboutLock);
  const gone = linesIn(base, before.removed).find(isAboutLock);
  const line = (now ?? gone)?.line;
  if (line === undefined) return [];
  return [
    {
      place: { path: before.path, startLine: line, endLine: line },
      ...(!now && { side: 'LEFT' as const }),
      symbol: name,
      suspected: true,
      values: { FIELD: field, LOCK: is.lock, LINE: String(use) },
    },
  ];
}

function isAboutLock(line: ChangedLine): boolean {
  return isShort(line) && ABOUT_LOCK.test(codeOf(line.text));
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => codeOf(line.slice(0, LONGEST_LINE)));
}

interface Uses {
  lock: string | null;
  /** Fields that are used while it is held, and the first line of those that are used while it is not. */
  inside: ReadonlySet<string>;
  outside: ReadonlyMap<string, number>;
  /** What is changed while it is held. */
  changed: ReadonlySet<string>;
  /** What gets another value while it is not held. */
  given: ReadonlySet<string>;
}

/** Of a method whose first line declares it: what it uses of its own object, and whether its first lock is held there. */
function usesOf(lines: readonly string[]): Uses {
  const [first = ''] = lines;
  const [, receiver = 'self'] = /^\s*func\s*\(\s*(\w+)\s/.exec(first) ?? [];
  const own = new RegExp(`(?<![\\w.])${receiver}\\.(\\w+)(?!\\w*\\()`, 'g');
  const uses = {
    lock: null as string | null,
    inside: new Set<string>(),
    outside: new Map<string, number>(),
    changed: new Set<string>(),
    given: new Set<string>(),
  };
  const held = createHeld();
  lines.forEach((line, index) => {
    if (index === 0) return;
    const isHeld = held(line);
    uses.lock ??= held.lock();
    for (const [, name = ''] of line.matchAll(own)) {
      if (isSafe(line, `${receiver}.${name}`) || held.lock()?.startsWith(`${receiver}.${name}`)) continue;
      if (!isHeld) uses.outside.set(name, uses.outside.get(name) ?? index);
      else uses.inside.add(name);
      if (!isHeld && isGiven(line, `${receiver}.${name}`)) uses.given.add(name);
      if (isHeld && isChanged(line, `${receiver}.${name}`)) uses.changed.add(name);
    }
  });
  return uses;
}

/** Channels, atomic values and locks are made to be used by several at once. */
function isSafe(line: string, field: string): boolean {
  const of = escapeRegExp(field);
  return new RegExp(
    `<-\\s*${of}\\b|${of}\\s*<-|close\\(${of}\\)|${of}\\.(?:Load|Store|R?Lock|R?Unlock|Done|Wait)\\(`,
  ).test(line);
}

function isChanged(line: string, field: string): boolean {
  if (isGiven(line, field)) return true;
  const of = escapeRegExp(field);
  return new RegExp(
    `${of}\\.(?:Push|Add|Set|Insert|Remove|Delete|Clear|Append|Pop|append|add|pop|update|clear|remove|discard|setdefault|extend)\\w*\\(`,
  ).test(line);
}

/** Not by a method of its own, which may take care itself, such as an atomic value's. */
function isGiven(line: string, field: string): boolean {
  const of = escapeRegExp(field);
  return new RegExp(`${of}(?:\\[[^\\]]*\\])*\\s*(?:=(?!=)|\\+\\+|--|[-+|]=)|delete\\(${of}\\b`).test(line);
}

/** Tells line by line whether the lock is held that was taken first. */
function createHeld(): ((line: string) => boolean) & { lock: () => string | null } {
  let lock: string | null = null;
  let indent = 0;
  let state: 'free' | 'held' | 'block' | 'to the end' = 'free';
  const held = (line: string): boolean => {
    if (state === 'block' && line.trim() !== '' && indentOf(line) <= indent) state = 'free';
    const [, called, block] = TAKES.exec(line) ?? [];
    const taken = called ?? block;
    if (taken !== undefined && (lock === null || lock === taken) && state !== 'to the end') {
      lock = taken;
      indent = indentOf(line);
      state = block === undefined ? 'held' : 'block';
      return true;
    }
    if (lock !== null && new RegExp(`${escapeRegExp(lock)}\\.R?Unlock\\(\\)`).test(line)) {
      if (/^\s*defer\b/.test(line)) state = 'to the end';
      // Deeper in it lets go before it leaves; the rest goes on with it.
      else if (state === 'held' && indentOf(line) <= indent) {
        state = 'free';
        return true;
      }
    }
    return state !== 'free';
  };
  return Object.assign(held, { lock: () => lock });
}
