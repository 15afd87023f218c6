import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { type Change, changesOf, lostAt } from '../lost-care/changes-of.ts';
import { writesIn } from '../read/writes-in.ts';
import { codeOfLines } from './changed-code.ts';

/** What of a statement locks the rows that it reads: `FOR UPDATE`, `.with_for_update()`, `, lock: { mode: … }`, `…ForUpdate(`. */
const LOCKS = new RegExp(
  [
    String.raw`\s*\bfor\s+(?:no\s+key\s+)?update\b(?:\s+of\s+[\w.]+)?(?:\s+(?:nowait|skip\s+locked))?`,
    String.raw`\.(?:(?:select|with)_)?for_?update\([^()\n]{0,100}\)`,
    String.raw`\.for\(\s*['"](?:no key )?update['"][^()\n]{0,60}\)`,
    String.raw`\.Clauses\(\s*clause\.Locking\{[^{}]{0,100}\}\s*\)`,
    String.raw`\.setLock\(\s*['"]pessimistic_(?:partial_)?write\w*['"][^()\n]{0,60}\)`,
    String.raw`,?\s*with_for_update\s*=\s*(?:True|\{[^{}]{0,100}\})`,
    String.raw`,?\s*lock:\s*(?:true|\{\s*mode:\s*['"]pessimistic_\w*write\w*['"][^{}]{0,100}\}|[\w.]{0,40}LOCK\.UPDATE)`,
    String.raw`,?\s*lockMode:\s*LockMode\.PESSIMISTIC_\w*WRITE`,
    String.raw`(?<=\w)_?for_?update(?=\()`,
  ].join('|'),
  'gi',
);
/** Others are kept out in another way, or the statement itself decides. */
const OTHERWISE =
  /lock|mutex|semaphore|for_?\s*update|serializable|isolation|\bversion|optimistic|advisory|on[_ ]?conflict|\bF\(|increment|decrement|compare_?and|singleflight|runExclusive|synchroni[sz]ed/i;
/** Words that only look like a lock: `account.blocked`, `card.locked`. */
const LOOKALIKE = /\w*[bc]lock\w*|\.(?:is_?)?locked\b(?!\()/gi;
/** Of one file, whose callers are looked for. */
const MOST_HELPERS = 5;
const MOST_CALLERS = 500;
/** They say nothing of which function is meant. */
const COMMON = /^_?(?:get|find|load|fetch|read|query|first|one|list|all|select|by_?id)$/i;

/** The same rows are read as before the change, without the lock, and written behind that. */
export const findUnlockedRows: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  let helpers = 0;
  return changesOf(before, read).flatMap((change): FactHit[] => {
    const line = change.removed.find(({ text }) => isLocking(codeOf(text)));
    if (!line || !isSameWithout(change) || isKeptOut(change.now, change.places.name)) return [];
    const had = codeOf(line.text)
      .trim()
      .replace(/\s*[{(:,;]*$/, '');
    const here = writtenBehind(change);
    if (here.length > 0) return [tell(before, change, line.line, here, had)];
    if (helpers >= MOST_HELPERS) return [];
    helpers += 1;
    const caller = callerThatWrites(change, before, read);
    if (!caller) return [];
    const { values, ...hit } = tell(before, change, line.line, caller.writes, had, !caller.isNear);
    return [{ ...hit, values: { ...values, FUNCTION: caller.name } }];
  });
};

function tell(
  before: FactsBefore,
  change: Change,
  line: number,
  writes: readonly string[],
  had: string,
  suspected = false,
): FactHit {
  const hit = lostAt(before, change, line, { HAD: had, WRITES: showWrites(writes) }, suspected);
  return { ...hit, values: { ...hit.values, FUNCTION: lastPart(change.places.name) || 'this code' } };
}

export function showWrites(writes: readonly string[]): string {
  return [...new Set(writes)]
    .slice(0, 3)
    .map((key) => `\`${key}${key.includes('"') ? ' …"' : key.includes('(') ? ')' : ''}\``)
    .join(', ');
}

function isLocking(text: string): boolean {
  return text.search(LOCKS) >= 0;
}

/** The statement stands there still, and only its lock is gone. */
function isSameWithout({ edit, now, removed }: Change): boolean {
  if (isLocking(now)) return false;
  const bare = (text: string): string => text.replace(LOCKS, '').replace(/[\s;,]|\{\s*\}/g, '');
  if (bare(codeOfLines(edit.removed)) === bare(codeOfLines(edit.added))) return true;
  const put = new Set(edit.added.map(({ text }) => bare(codeOf(text))));
  return removed.some(({ text }) => {
    const rest = isLocking(codeOf(text)) ? bare(codeOf(text)) : '';
    return /\w\W*\w/.test(rest) && put.has(rest);
  });
}

function isKeptOut(text: string, name: string): boolean {
  const own = name === '' ? text : text.replace(new RegExp(`(?<!\\w)${escapeRegExp(lastPart(name))}(?!\\w)`, 'g'), '');
  return OTHERWISE.test(own.replace(LOOKALIKE, ''));
}

/** What the function wrote before, and what the change did not write anew. */
function writtenBehind({ was, now, written }: Change): string[] {
  const [then, fresh] = [writesIn(withoutHead(was)), writesIn(written)];
  return [...writesIn(withoutHead(now))]
    .filter(([key, count]) => then.has(key) && count > (fresh.get(key) ?? 0))
    .map(([key]) => key);
}

function withoutHead(text: string): string {
  return text.replace(/^[^\n]*\n/, '');
}

/** Whoever gets the row from this function, and writes behind that. */
function callerThatWrites(
  { places: { name, head } }: Change,
  { functions, path }: FactsBefore,
  read: ReadPlace,
): { name: string; writes: string[]; isNear: boolean } | null {
  const last = lastPart(name);
  const isOnly = functions.known.filter((one) => lastPart(one.name) === last).length <= 1;
  if (last === '' || COMMON.test(last) || !isOnly) return null;
  const call = new RegExp(
    `(?<![\\w$])(\\w+)\\]?(?:\\s*,\\s*\\w+)?\\s*:?=\\s*(?:await\\s+)?(?:[\\w$]+\\.){0,3}${escapeRegExp(last)}\\(`,
  );
  const own = functions.head.filter(({ place }) => place.path === path);
  for (const one of [...own, ...functions.known.filter(({ place }) => place.path !== path)].slice(0, MOST_CALLERS)) {
    if (one.place.path === head.path && one.place.startLine === head.startLine) continue;
    const text = codeOf(read(one.place));
    const found = text.includes(`${last}(`) ? call.exec(text) : null;
    if (!found || isKeptOut(text, name)) continue;
    const behind = text.slice(found.index + found[0].length);
    const writes = [...writesIn(behind).keys()];
    const isUsed = new RegExp(`(?<![\\w$.])${escapeRegExp(found[1] ?? '')}(?![\\w$])`).test(behind);
    if (isUsed && writes.length > 0) return { name: lastPart(one.name), writes, isNear: one.place.path === path };
  }
  return null;
}
