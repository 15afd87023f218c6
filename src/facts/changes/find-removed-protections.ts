import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { blockAt } from '../lost-care/blocks.ts';
import { writesIn } from '../read/writes-in.ts';
import { isShort, LONGEST_LINE } from './changed-code.ts';
import { findUnlockedRows, showWrites } from './find-unlocked-rows.ts';
import { calledWrites, sharedWrites } from './further-writes.ts';
import { linesIn, pairsOf } from './pairs-of.ts';

/** What a function had before the change. */
interface Protection {
  /** Of a line that the change took away. */
  had: RegExp;
  /** Where one of these stands in the function now, it has another one, or somebody hands it one. */
  has: RegExp;
  /** So many different writes stood under it, and still stand there. */
  writes: number;
  /** What else is written there, in this process: `s.certs[path] = …`, `conn.WriteMessage(…)`. */
  also?: RegExp;
  /** What functions write that are called there counts, too: that is only suspected. */
  throughCallees?: true;
  /** What of the process it kept apart, where the change took away what declared it, too. */
  declared?: RegExp;
}

const TRANSACTION: Protection = {
  had: /\btransaction(?:al|ally|ize)?\b(?!\.(?:on_?commit|after_?commit))|\$transaction|\batomic\b|\bbegin(?:_nested|Tx|Transaction)?\(|\.Begin\w*\(|['"`]\s*(?:BEGIN|START TRANSACTION)\b|\b(?:with|in|run_?in|do_?in)_?(?:tx|trx|transaction)\w*\(/i,
  has: /transact|atomic|(?<!\bc)t(?:x|rx|xn)\b|\bbegin|commit|rollback|unit_?of_?work|\buow\b|\bsession\b|entity_?manager|\bmanager\b|\bem\b|batch|bulk/i,
  writes: 2,
  throughCallees: true,
};

/** `lock = threading.Lock()`, `mu sync.Mutex`, `const mutex = new Mutex()` */
const DECLARED =
  /^\s*(?:(?:private|readonly|static|export|const|let|var)\s+)*(?:self\.|this\.)?#?(\w+)\s*(?:=|:|\s)[^\n]*?(?:\bR?W?(?:Lock|Mutex)|Semaphore)\b/i;

/** A lock of rows, of a name in the database, of this process or of several. What a pool gives keeps nobody out. */
const LOCK: Protection = {
  had: /\bfor\s+(?:no\s+key\s+)?update\b|select_for_update|with_for_update|clause\.Locking|pessimistic_|\.forUpdate\(|LOCK\.UPDATE|\block:\s*(?:true|\{)|advisory_(?:xact_)?lock|\block\s+table\b|\.(?:R?Lock|runExclusive)\(|(?<!pools?|conn|connections?|clients?|db|executor)\.acquire\(|\bwith\s+[\w.]*lock\w*\b|[a-z]Lock\(|\bunlock\w*\s*:?=|acquire\w{0,40}Lock\w{0,40}\(/i,
  // `transaction.atomic()` of Django keeps nobody out.
  has: /lock|mutex|semaphore|for[\s_]*(?:no\s+key\s+)?update|serializ|isolation|version|optimistic|advisory|(?<!transaction\.)\batomic\.\w|on[_ ]?conflict|\bchan\b|<-|sync\.|singleflight|queue|synchroni[sz]ed|\bdefer\s+[\w.]+\([^()\n]*\)\(\)|\bF\(|increment|decrement|compare_?and/i,
  writes: 1,
  also: /(?<![\w.])((?:\w+\.)+\w+)(?:\[[^\]\n]*\])?\s*(?:=(?!=)|\+\+|\+=)|(?<![\w.])((?:\w+\.)+(?:Write\w*|SetWriteDeadline))\(/g,
  declared: DECLARED,
};

/** `inOneGo((db) => db.orders.create(…))`: somebody hands out what is written with, but for one that goes through a list. */
const HANDED =
  /(?<!\.)(\b(?!map|flatMap|forEach|filter|reduce|then|some|every)[\w$]+)\(\s*(?:async\s+)?\(?\s*(\w+)(?:\s*:[^()=\n]{0,60})?\)?\s*=>(?:(?!\n\}\n)[\s\S]){0,2000}?\b\2\.[\w.]+\(/;

/** Writes that were one transaction before the change, and now are each for itself. */
export const findRemovedTransactions: FindFacts = (_facts, read, before) => findRemoved(TRANSACTION, read, before);

/** A function that took a lock before the change, and writes the same without it. */
export const findRemovedLocks: FindFacts = (facts, read, before) => {
  const found = findRemoved(LOCK, read, before);
  const isFound = ({ place }: FactHit): boolean => found.some((one) => one.place.startLine === place.startLine);
  return [...found, ...findUnlockedRows(facts, read, before).filter((one) => !isFound(one))];
};

function findRemoved(protection: Protection, read: ReadPlace, before: FactsBefore | null): FactHit[] {
  const { had, has, writes, also } = protection;
  if (!before) return [];
  const lost = before.removed.filter((one) => isShort(one) && had.test(codeOf(one.text)));
  // `@Transactional()` of the class is one of all its methods.
  const isOfClass = before.added.some(({ text }) => text.startsWith('@') && had.test(text.slice(0, LONGEST_LINE)));
  if (lost.length === 0 || isOfClass) return [];
  const file = { path: before.path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER };
  const list = (text: string): Map<string, number> => new Map([...writesIn(text), ...alsoIn(text, also)]);
  const [allThen, allNow] = [list(codeOf(before.read(file))), list(codeOf(read(file)))];
  return pairsOf(before).flatMap(({ name, base, head: now }): FactHit[] => {
    const [line] = linesIn(base, lost);
    if (!line) return [];
    const [old, head] = [bodyOf(before.read(base), name), bodyOf(read(now), name)];
    const [, by] = HANDED.exec(head) ?? [];
    if (has.test(head) || (by !== undefined && !old.includes(`${by}(`))) return [];
    const still = list(head);
    const kept = [...list(old)].filter(
      // What is gone from the file, too, went elsewhere.
      ([key, count]) => (still.get(key) ?? 0) >= count && (allNow.get(key) ?? 0) >= (allThen.get(key) ?? 0),
    );
    const many = writes > 1 ? inLoops(head, list) : new Set();
    const isEnough = kept.reduce((sum, [key, count]) => sum + (many.has(key) ? MANY : count), 0) >= writes;
    const further = isEnough ? [] : furtherWrites(protection, { old, head, line: line.text, name }, before, read);
    if (!isEnough && further.length === 0) return [];
    return [
      {
        place: { path: before.path, startLine: line.line, endLine: line.line },
        side: 'LEFT',
        symbol: name,
        suspected: !isEnough && protection.throughCallees === true,
        values: {
          FUNCTION: lastPart(name),
          HAD: codeOf(line.text)
            .trim()
            // `const made = await inTransaction(async (tx) => {`
            .replace(/^(?:(?:const|let|var)\s[^=]{1,80}=\s*|return\s+)(?:await\s+)?|^await\s+/, '')
            .replace(/\(\s*(?:async\s*)?\(?[\w\s,:.<>]{0,60}\)?\s*=>\s*[{(]*$/, '(…)')
            .replace(/\s*[{(:]*$/, ''),
          WRITES: showWrites([...kept.map(([key]) => key), ...further]),
        },
      },
    ];
  });
}

function furtherWrites(
  { throughCallees, declared }: Protection,
  bodies: { name: string; old: string; head: string; line: string },
  before: FactsBefore,
  read: ReadPlace,
): string[] {
  if (throughCallees) return calledWrites(bodies, before, read);
  return declared ? sharedWrites(declared, bodies, before) : [];
}

const MANY = 2;
const LOOP = /^\s*(?:async\s+)?for\b|\.forEach\(/;
/** Of one function. */
const MOST_LOOPS = 20;

function inLoops(text: string, list: (text: string) => Map<string, number>): ReadonlySet<string> {
  const lines = text.split('\n');
  const loops = lines.flatMap((line, at) => (LOOP.test(line) ? [at] : [])).slice(0, MOST_LOOPS);
  return new Set(loops.flatMap((at) => [...list(blockAt(lines, at).body.join('\n')).keys()]));
}

/** Of what is written to, only what the method's own object holds is shared with others. */
function alsoIn(text: string, also: RegExp | undefined): Map<string, number> {
  const [, receiver = 'this'] = /^\s*func\s*\(\s*(\w+)\s/.exec(text) ?? [];
  const found = (also ? [...text.matchAll(also)] : [])
    .map(([, field, call]) => field ?? `${call ?? ''}(`)
    .filter((one) => /^(?:this|self)\./.test(one) || one.startsWith(`${receiver}.`));
  return new Map([...Map.groupBy(found, (one) => one)].map(([key, all]) => [key, all.length]));
}

/** Without its own name, which calls nobody. */
function bodyOf(text: string, name: string): string {
  return codeOf(text).replace(new RegExp(`(?<![\\w$])${escapeRegExp(lastPart(name))}\\s*(?=[(<])`), '');
}
