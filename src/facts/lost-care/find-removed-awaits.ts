import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import { codeOfLines, isShort } from '../changes/changed-code.ts';
import type { ChangedLine, FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { calleesOf, headOfFunction, isOwn } from './callees.ts';
import { type Change, changesOf, createLooks, firstOfEach } from './changes-of.ts';

const AWAITED = /\bawait\s+((?:[\w$.?!]|\[[^[\]\n]{1,80}\])+)\s*(?:<[^>()\n]*>)?\(/g;
/** Somebody else awaits the promise, or the code says that nobody has to. */
const WAITED = /\bPromise\b|\.(?:then|catch|finally)\(|\bvoid\s|\bgather\(|create_task|ensure_future|asyncio\.|\bwait/;
/** Calls whose result needs no await: `events.emit()`, `logger.info()`, `reply.send()`. */
const AT_ONCE = /\.emit$|(?:^|\.)(?:\w*[lL]og(?:ger|ging)?|console|res|reply|response)\.\w+$/;
const ASYNC = /\basync\b|\bPromise</;
/** So many at once are a call that is asynchronous no more. */
const MOST_AT_ONCE = 3;

/** The same call as before the change, which nobody waits for now. */
export const findRemovedAwaits: FindFacts = (_facts, read, before) => {
  if (!before || before.path.endsWith('.go')) return [];
  const looks = createLooks();
  const all = changesOf(before, read).flatMap((change): FactHit[] => {
    const { edit, places, removed, now, put } = change;
    if (WAITED.test(put) || isOtherwise(change)) return [];
    const added = new Map(
      edit.added
        .filter(isShort)
        .map((one) => [plain(codeOf(one.text)), one] as const)
        .toReversed(),
    );
    return removed.flatMap(({ text }): FactHit[] => {
      const code = codeOf(text);
      const calls = [...code.matchAll(AWAITED)].map(([, name = '']) => name);
      const same = calls.length === 0 ? undefined : (added.get(plain(code)) ?? brokenElsewhere(edit, calls));
      if (!same || !looks(change)) return [];
      const rest = codeOf(same.text);
      const lost = calls.find((name) => !new RegExp(`\\bawait\\s+${escapeRegExp(name)}`).test(rest));
      if (lost === undefined || AT_ONCE.test(lost) || isHandedOn(rest, now)) return [];
      // Whoever is given it may wait.
      if (
        /(?:[([,?:&|]|=>|(?<![=!<>])=|\breturn)$/.test(change.lines.head[same.line - places.head.startLine - 1] ?? '')
      )
        return [];
      const callees = isOwn(lost) ? calleesOf(lost, before, read) : [];
      const isAsync = callees.some(givesPromise) || isEachAsync(lost, before, read);
      if (callees.length > 0 && !isAsync && !callees.some((one) => /\bPromise\b/.test(one))) return [];
      return [
        {
          place: { path: before.path, startLine: same.line, endLine: same.line },
          symbol: places.name,
          suspected: !isAsync && !isKnown(lost, before, read) && !isVerdict(lost, rest, change, before, read),
          values: { CALL: lost, FUNCTION: lastPart(places.name) },
        },
      ];
    });
  });
  const hits = firstOfEach(all);
  const counts = Map.groupBy(hits, ({ values }) => values['CALL']);
  return hits
    .filter(({ values }) => !isPlainNow(String(values['CALL']), before.removed, read({ ...WHOLE, path: before.path })))
    .map((hit) => ((counts.get(hit.values['CALL'])?.length ?? 0) >= MOST_AT_ONCE ? { ...hit, suspected: true } : hit));
};

const WHOLE = { startLine: 1, endLine: Number.MAX_SAFE_INTEGER };

/** What mappers of databases name their queries. */
const QUERIES =
  /^(?:this\.)?(?:\w*(?:[rR]epo(?:sitory)?|[mM]odel)|prisma\.\w+|db\.\w+|[A-Z]\w+)\.(?:find\w*|create|save|update\w*|delete\w*|insert\w*|destroy|upsert|count)$|\.(?:destroy|deleteOne|findUnique|findFirst|findByPk|findOne\w*)$/;

/** A query, or a call that the same file awaits elsewhere. */
function isKnown(call: string, before: FactsBefore, read: ReadPlace): boolean {
  const text = read({ ...WHOLE, path: before.path });
  const others = count(text, `\\bawait\\s+${escapeRegExp(call)}\\s*(?:<[^>()\\n]*>)?\\(`);
  const bare = count(text, `(?<![\\w$.])${escapeRegExp(call)}\\s*(?:<[^>()\\n]*>)?\\(`) - others;
  return (QUERIES.test(call) && /\.[jt]sx?$|\.[cm][jt]s$/.test(before.path)) || (others > 0 && bare === 1);
}

function count(text: string, pattern: string): number {
  return text.match(new RegExp(pattern, 'g'))?.length ?? 0;
}

function givesPromise(text: string): boolean {
  return ASYNC.test(headOfFunction(text));
}

/** `this.access.mayWrite(…)`: whichever of the program's functions of that name it is. */
function isEachAsync(call: string, before: FactsBefore, read: ReadPlace): boolean {
  const all = call.includes('.') ? calleesOf(call, before, read) : [];
  return all.length > 0 && all.every(givesPromise);
}

/** What asks whether something is so. */
const ASKS = /^(?:is|has|can|may|should|must|exists|verify|validate|check|authorize)(?=[A-Z_]|$)/;

/** `if (user.isActive())`: what was waited for before the change decides by a promise now, which counts as true. */
function isVerdict(call: string, line: string, { now }: Change, before: FactsBefore, read: ReadPlace): boolean {
  if (!ASKS.test(lastPart(call)) || calleesOf(call, before, read).length > 0 || !/\.[cm]?[jt]sx?$/.test(before.path))
    return false;
  const [, name] = /^\s*(?:const|let|var)\s+(\w+)\s*(?::[^=]+)?=(?!=)/.exec(line) ?? [];
  return name === undefined
    ? /^\s*(?:\}\s*else\s+)?if\s*\(/.test(line)
    : new RegExp(`\\bif\\s*\\(!?${name}\\s*(?:\\)|&&|\\|\\|)`).test(now);
}

/** The same statement with its lines broken at other places: without `await` more of it fits on one. */
function brokenElsewhere({ removed, added }: Change['edit'], calls: readonly string[]): ChangedLine | undefined {
  const isSame = plain(codeOfLines(removed)) === plain(codeOfLines(added));
  return isSame ? added.find(({ text }) => calls.some((call) => text.includes(`${call}(`))) : undefined;
}

function plain(code: string): string {
  return code.replace(/\bawait\b|[\s();]/g, '');
}

/** The function itself waits for nothing any more: it was made another one. */
function isOtherwise({ was, now }: Change): boolean {
  const isAsync = (text: string): boolean => /\basync\b/.test(text.split('\n', 3).join('\n'));
  return isAsync(was) && !isAsync(now);
}

/** `return load(id)`, `() => load(id)`, `const user = load(id)` that is awaited later: whoever gets the promise waits. */
function isHandedOn(line: string, now: string): boolean {
  if (/^\s*(?:return\b|\.|\w+\s*:|\[|,)|=>\s*[^{\s]|^\s*[\w$.]+\([^()]*\),\s*$|^\s*with\b/.test(line)) return true;
  const [, name] = /^\s*(?:(?:const|let|var)\s+)?(\w+)\s*(?::[^=]+)?=(?!=)/.exec(line) ?? [];
  // A promise is there at any rate, and has none of its result's fields.
  if (
    name === undefined ||
    new RegExp(`!${name}\\b|\\bif\\s*\\(${name}\\b|(?<![\\w.])${name}\\??\\.(?!then\\b|catch\\b|finally\\b)`).test(now)
  )
    return false;
  const waits = `\\bawait\\s*\\(?${name}\\b(?!\\.)|Promise\\.\\w+\\([^)]*\\b${name}\\b|\\b${name}\\.(?:then|catch|finally)\\(|\\breturn\\s+${name}\\s*;?\\s*$|\\w\\(${name}\\)`;
  return new RegExp(waits, 'm').test(now);
}

/** The file itself made it one that gives its result at once. */
function isPlainNow(call: string, removed: readonly { text: string }[], text: string): boolean {
  const name = escapeRegExp(call.replace(/^.*[.?!]/, ''));
  const isMade = new RegExp(`\\basync\\b[^\\n]*\\b${name}\\b|\\b${name}\\s*=\\s*async\\b`);
  return (
    removed.some((one) => isMade.test(one.text)) ||
    (new RegExp(`\\b(?:function|def)\\s+${name}\\b`).test(text) && !isMade.test(text) && !/Promise</.test(text))
  );
}
