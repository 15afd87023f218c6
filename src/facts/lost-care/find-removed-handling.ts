import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { indentOf } from '../../text/indent-of.ts';
import { isComment } from '../../text/is-comment.ts';
import { lastPart } from '../../text/last-part.ts';
import { codeOfLines, isShort } from '../changes/changed-code.ts';
import type { FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { shown } from '../removed-checks/gone.ts';
import { blockAt, blockNow, headOf } from './blocks.ts';
import { calleesOf, headOfFunction } from './callees.ts';
import { type Change, changesOf, firstOfEach, lostAt } from './changes-of.ts';
import { kindsIn, RAISED_BY } from './kinds-of-failures.ts';

/** The handling of a failure that the change removed, while the call that may fail is still there. */
export const findRemovedHandling: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  const changes = changesOf(before, read);
  const seen = new Set<number>();
  const lost = changes
    .flatMap((change) => LOST.flatMap((find) => find(change, before, read)))
    .filter(({ place }) => !seen.has(place.startLine) && seen.add(place.startLine));
  // Where the whole handling went, its kinds went with it.
  const told = new Set(lost.map(({ symbol }) => symbol));
  const kinds = changes.flatMap((change) => findKinds(change, before, read));
  return firstOfEach([...lost, ...kinds.filter(({ symbol }) => !told.has(symbol))]);
};

const ESCAPES = 'the call is still there, and its failure ends whatever called this function';
const UNHEARD = 'it is still begun, and where nothing else hears of its failure, that ends the process';
const STOPS = 'the call is still there, and when it fails nothing of what follows is done';
const GOES_ON = 'now what follows goes on as if it had worked, and nobody is told';

function handled(call: string, by: string): string {
  return `handled a failure of \`${call}\` (\`${by}\`)`;
}

type Find = (change: Change, before: FactsBefore, read: ReadPlace) => FactHit[];

const SILENT =
  /^(?:log|console|logger|slog|print|println|_logger|logging|fmt|super|if|for|while|switch|catch|return|await|len|str|int|float|range|isinstance|String|Number|defer|func|function|new|make|append|Error|expect|assert\w*)\b/i;

/** Of a text or a pattern: `/^x/.test(name)` does not fail. */
const HARMLESS = /\.(?:test|includes|startsWith|endsWith|trim|toLowerCase|toUpperCase|toString)$/;

/** Calls that may fail, by the names they are called by. */
function callsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/(?<![\w$.@])([\w$.]+)\(/g)].map(([, name = '']) => name))].filter(
    (name) => !SILENT.test(name) && !HARMLESS.test(name) && name.length > 2,
  );
}

function isCalled(name: string, text: string): boolean {
  return new RegExp(`(?<![\\w$])${escapeRegExp(name.replace(/^.*\.(?=\w+\.\w+$)/, ''))}\\(`).test(text);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const TRY = /^\s*(?:\}\s*)?try\s*[:{]?\s*$/;
const CATCHES = /^\s*\}?\s*(?:catch\b|except\b)/;
const ONLY_ON = /^(?:throw\s+\w+|raise(?:\s+\w+)?)\s*;?$/;
/** Failures that a caller is told in words of his own. */
const NAMED =
  /P2002|P2025|23505|\b11000\b|ER_DUP|unique|duplicate|Integrity|already_?exists|DoesNotExist|not_?found|ENOENT|NoRows|conflict/i;
/** One failure ends them all. */
const ALL_AT_ONCE = /\.on\(|\bsetInterval\(|\bsetTimeout\(|\bwhile\b|\bfor\b/;
const CATCHING = /\btry\b|\.catch\(|\bexcept\b|suppress\(|allSettled|return_exceptions|onError|handle_?errors?\(/i;

/** What is caught there is thrown on as it is. */
function onlyThrows({ lines, places }: Change, line: number): boolean {
  const { body } = blockAt(lines.base, line - places.base.startLine);
  const does = body
    .map((one) => one.trim())
    .filter((one) => one !== '' && (!SILENT.test(one) || /^return\b/.test(one)));
  return does.length > 0 && does.every((one) => ONLY_ON.test(one));
}

const WRAPS = String.raw`\w*(?:[hH]andler?|[wW]rap\w*|[cC]atch\w*|[sS]afe\w*|[tT]ry\w*)`;
const DECORATED = /^\s*@\w+/;
const HANDLES = /err|exception|handle|catch|translat|retry|safe|integrity|fault/i;

/** A wrapper, a decorator or the function that is called handles it now; `perhaps`: nothing shows that it does. */
function handledElsewhere(
  call: string,
  change: Change,
  before: FactsBefore,
  read: ReadPlace,
): 'surely' | 'perhaps' | null {
  const { head, name } = { head: change.places.head, name: escapeRegExp(lastPart(change.places.name)) };
  if (name !== '' && new RegExp(`\\b${WRAPS}\\([^()\\n]*\\b${name}\\b`).test(change.written)) return 'surely';
  // `trySafe(sessions.signOut(id))`
  if (
    new RegExp(`\\b${WRAPS}\\(\\s*(?:(?:async\\s*)?\\(\\)\\s*=>\\s*)?(?:await\\s+)?${escapeRegExp(call)}\\(`).test(
      change.now,
    )
  )
    return 'surely';
  const above = before.added.filter(
    ({ line, text }) => DECORATED.test(text) && head.startLine - LINES_ABOVE <= line && line <= head.endLine,
  );
  if (above.some(({ text }) => HANDLES.test(text))) return 'surely';
  const all = calleesOf(call, before, read);
  const callees = all.filter((one) => /\btry\b|\.catch\(/.test(one));
  const own = read({ path: before.path, startLine: 1, endLine: MOST_LINES });
  const isImported = new RegExp(
    `^import\\b[^\\n]*\\b${escapeRegExp(call)}\\b[^\\n]*['"]\\.|^from \\.[^\\n]*\\b${escapeRegExp(call)}\\b`,
    'm',
  );
  if (callees.length === 0) return above.length > 0 || (all.length === 0 && isImported.test(own)) ? 'perhaps' : null;
  return callees.some((one) => /\bthrow\b|\braise\b/.test(one)) ? 'perhaps' : 'surely';
}

const LINES_ABOVE = 4;
/** Imports stand at the top. */
const MOST_LINES = 200;

const SHORT_LINE = 8;
/** It is noted, and no more. */
const ONLY_TOLD =
  /^(?:[\w.]*log\w*|console|capture\w*|sentry\w*|this\.logger|self\.log\w*)\b|^pass$|^\}\s*;?$|^\);?$|^["'`]|^[\w.]+,?$/i;

/** What follows must not be done without it: that a failure ends it now is what was meant. */
const MUST_WORK =
  /connect|init|migrat|set_?up|config|load|check|verif|valid|auth|assert|ensure|require|charge|pay|save|insert|create|update|commit/i;
/** Lines behind a `catch` that are looked at: for each call there the function is searched. */
const MOST_BEHIND = 40;

/** What was done at any rate is done still. */
function followedBy(rest: readonly string[], now: string): boolean {
  const calls = callsIn(rest.join('\n'));
  return calls.length > 0 && calls.every((name) => isCalled(name, now));
}

/** `try { … } catch` around calls that are still there. */
const findTries: Find = (change, before, read) => {
  const { removed, was, now, written, places } = change;
  if (count(now, /\btry\b/g) >= count(was, /\btry\b/g) || CATCHING.test(written)) return [];
  return removed.flatMap(({ line, text }) => {
    if (!TRY.test(codeOf(text))) return [];
    const lines = change.lines.base;
    const tried = blockAt(lines, line - places.base.startLine);
    if (!CATCHES.test(lines[tried.next] ?? '')) return [];
    const caught = blockAt(lines, tried.next);
    const answer = caught.body.map((one) => one.trim()).filter((one) => one !== '');
    if (onlyThrows(change, caught.head + places.base.startLine)) return [];
    const kept = callsIn(tried.body.join('\n')).filter((name) => isCalled(name, now));
    const [call] = kept;
    const elsewhere = call === undefined ? null : handledElsewhere(call, change, before, read);
    if (call === undefined || elsewhere === 'surely') return [];
    const handler = [lines[caught.head], ...answer].join(' ');
    const above = headOf(lines, line - places.base.startLine);
    // It is noted still, where something else tells the failure.
    const isNoted = answer.some((one) => one.length > SHORT_LINE && now.includes(one));
    const isMeant = isNoted || kept.some((one) => MUST_WORK.test(one)) || !answer.every((one) => ONLY_TOLD.test(one));
    const wentOn = !isMeant && followedBy(lines.slice(caught.next, caught.next + MOST_BEHIND), now);
    const isSure = wentOn || NAMED.test(handler) || (above !== null && ALL_AT_ONCE.test(lines[above] ?? ''));
    return [
      lostAt(
        before,
        change,
        line,
        { DID: handled(call, shown(lines[caught.head] ?? 'catch')), THEN: wentOn ? STOPS : ESCAPES },
        !isSure || elsewhere !== null,
      ),
    ];
  });
};

/** `.catch(…)` behind a call that is still there. */
const findCatches: Find = (change, before, read) => {
  const { removed, was, now, written } = change;
  if (count(now, /\.catch\(/g) >= count(was, /\.catch\(/g) || CATCHING.test(written)) return [];
  const all = codeOfLines(removed);
  const line = removed.find(({ text }) => /\.catch\(/.test(codeOf(text)));
  // Its own words are no call that may fail.
  const calls = callsIn(all.slice(0, all.indexOf('.catch('))).filter((name) => isCalled(name, now));
  const chain = /\.(\w+)\(/.exec(all)?.[1];
  // `const job = start(id); if (detached) { job.catch(log) } else { … }`
  const [, held] = /(?<![\w$.])(\w+)\s*\.catch\($/.exec(all.slice(0, all.indexOf('.catch(') + '.catch('.length)) ?? [];
  const [, makes] =
    held === undefined
      ? []
      : (new RegExp(`\\b${held}\\s*=\\s*(?!await\\b)(?:\\w+\\s*\\?\\?\\s*)?([\\w$.]+)\\(`).exec(now) ?? []);
  const call =
    makes ?? calls[0] ?? (chain !== undefined && chain !== 'catch' && isCalled(chain, now) ? chain : undefined);
  const elsewhere = call === undefined ? null : handledElsewhere(call, change, before, read);
  if (!line || call === undefined || elsewhere === 'surely') return [];
  return [
    lostAt(
      before,
      change,
      line.line,
      { DID: handled(call, '.catch'), THEN: makes === undefined ? ESCAPES : UNHEARD },
      !NAMED.test(all) || elsewhere !== null,
    ),
  ];
};

/** A kind of failure that was told apart: `except UnicodeDecodeError`, `errors.Is(err, pgx.ErrNoRows)`, `error.code === 'P2002'`. */
const findKinds: Find = (change, before, read) => {
  const { removed, now, was, written, put } = change;
  const told = kindsIn(codeOfLines(removed));
  const gone = [...told].filter((one) => !new RegExp(`\\b${escapeRegExp(one)}\\b`).test(`${now}\n${written}`));
  const [kind] = gone;
  if (kind === undefined || /\bexcept\s*(?:Exception\b|:)/.test(now)) return [];
  // What may have failed so is called still.
  const kept = callsIn(was).filter((name) => isCalled(name, now));
  const elsewhere = handledElsewhere(kept[0] ?? '', change, before, read);
  if (elsewhere === 'surely') return [];
  const isRaised = RAISED_BY.some(([name, call]) => name.test(kind) && call.test(now));
  const line = removed.find(({ text }) => text.includes(kind));
  if (
    !line ||
    onlyThrows(change, line.line) ||
    (kept.length === 0 && !/\bfunc\s/.test(now)) ||
    [...kindsIn(put)].some((one) => !told.has(one))
  )
    return [];
  return [
    lostAt(
      before,
      change,
      line.line,
      {
        DID: `told \`${kind}\` apart from other failures`,
        THEN: 'this one goes the way of any other failure, or of none',
      },
      !isRaised || elsewhere !== null,
    ),
  ];
};

/** `err = s.remove(key)` and what was asked of it: it is called for nothing now. */
const findUnasked: Find = (change, before, read) => {
  const { edit, removed } = change;
  const all = codeOfLines(removed);
  return edit.added.filter(isShort).flatMap(({ line, text }) => {
    const code = codeOf(text);
    const [, call] =
      /^\s*(?:_(?:\s*,\s*_)*\s*=\s*)?([\w.]+)\([^{]*\)\s*$/.exec(code) ??
      /^\s*\w+\s*,\s*_\s*:?=\s*([\w.]+)\(/.exec(code) ??
      [];
    if (call === undefined || SILENT.test(call) || /\bdefer\b|[cC]lose$|Log|Print|Write\w*$/.test(code)) return [];
    const asked = new RegExp(`\\b(\\w*[eE]rr)\\s*:?=\\s*${escapeRegExp(call)}\\(`).exec(all);
    const callees = calleesOf(call, before, read);
    // It gives none any more.
    if (callees.length > 0 && !callees.some((one) => /\berror\b/.test(headOfFunction(one)))) return [];
    if (!asked || !new RegExp(`\\b${asked[1]}\\s*!=\\s*nil`).test(all)) return [];
    return [
      {
        place: { path: before.path, startLine: line, endLine: line },
        symbol: change.places.name,
        values: {
          FUNCTION: `\`${lastPart(change.places.name)}\``,
          DID: `looked at the error of \`${call}\``,
          THEN: GOES_ON,
        },
      },
    ];
  });
};

const LEAVES = /^\s*(?:return\b|throw\b|raise\b|continue\b|reject\(|panic\(|os\.Exit)/;
const FAILED =
  /\b\w*[eE]rr(?:or)?\s*!=\s*nil|\.(?:StatusCode|status_code|status)\s*(?:>=?|!==?)\s*[\w.]+|![\w.]*\.ok\b|\bnot\s+[\w.]+\.ok\b/;

/** What stands in a block itself. */
function ownOf(body: readonly string[]): string[] {
  const depth = Math.min(...body.filter((one) => one.trim() !== '').map(indentOf));
  return body.filter((one) => indentOf(one) === depth);
}

/** `catch (error) {` and `catch {`, `except OSError as error:` and `except OSError:`. */
const withoutName = (line: string): string =>
  line.replace(/\(\s*\w+(?:\s*:\s*\w+)?\s*\)|\sas\s+\w+/, '').replace(/\s+/g, '');

/** A `throw` that is gone from its `catch`, where nothing but the comment of before stays: it tells why failures come, not why they do no harm. */
const findEmptied: Find = (change, before, read) => {
  const { removed, places } = change;
  const leaving = removed.filter(({ text }) => LEAVES.test(codeOf(text)));
  if (leaving.length === 0 || !CATCHING.test(change.was)) return [];
  // With their comments.
  const lines = { base: before.read(places.base).split('\n'), head: read(places.head).split('\n') };
  const { base } = lines;
  return leaving.flatMap(({ line, text }) => {
    const above = headOf(base, line - places.base.startLine);
    if (above === null || !CATCHES.test(base[above] ?? '')) return [];
    const left = blockNow(lines, above, withoutName)?.body.filter((one) => one.trim() !== '') ?? [];
    // With no word in it, `swallowed-error` says it.
    if (left.length === 0 || !left.every((one) => isComment(one) && base.includes(one))) return [];
    const did = `left where it caught a failure (\`${shown(text)}\`)`;
    return [lostAt(before, change, line, { DID: did, THEN: GOES_ON }, true)];
  });
};

/** `return err` that is gone from its branch: a failure goes on as if it were none. */
const findGoingOn: Find = (change, before) => {
  const { removed, places, written, lines } = change;
  const { base, head: now } = lines;
  return removed.flatMap(({ line, text }) => {
    if (!LEAVES.test(codeOf(text))) return [];
    const at = line - places.base.startLine;
    const above = headOf(base, at);
    const head = above === null ? '' : (base[above] ?? '').trim();
    if (!FAILED.test(head)) return [];
    const block = blockNow(lines, above ?? 0, (one) => one.trim());
    if (block === null) return [];
    const { body, next } = block;
    const rest = now.slice(next).join('\n');
    if (
      body.length === 0 ||
      ownOf(body).some((one) => LEAVES.test(one)) ||
      /^\s*\}?\s*(?:else|elif)\b/.test(now[next] ?? '')
    )
      return [];
    // Whoever asked is told further on.
    const [error] = /\b\w*[eE]rr(?:or)?\b/.exec(head) ?? [];
    if (error !== undefined && new RegExp(`\\b${error}\\b`).test(rest.split(/:=|\bfunc\b/)[0] ?? '')) return [];
    if (/[rR]etry|attempt/.test(written) || !/\breturn\b|\w\(/.test(rest)) return [];
    // Whoever is handed the error may have answered, or it is passed over on purpose and told.
    const isTold = ownOf(body).some((one) => TELLS.test(one) && !ANSWERS.test(one));
    return [
      lostAt(
        before,
        change,
        line,
        { DID: `left where \`${shown(head)}\` (\`${shown(text)}\`)`, THEN: GOES_ON },
        isTold,
      ),
    ];
  });
};

const TELLS = /^\s*(?:[\w.]*\.)?\w+\([^\n]*\b\w*[eE]rr(?:or)?\b/;

/** A failure that says whose fault it is, and one that says nothing: who answers it takes it for a fault of the service. */
const TOLD =
  /\b(?:throw\s+new|raise)\s+((?:\w+\.)*(?:BadRequest|NotFound|Forbidden|Unauthori[sz]ed|Conflict|UnprocessableEntity|Validation|Permission|InvalidParameter|HTTP|Http|Api|API)\w*)\(/;
const PLAIN_ERROR = /\b(?:throw\s+new\s+Error|raise\s+(?:Exception|ValueError|RuntimeError|KeyError|TypeError))\(/;

/** `throw new BadRequest(…)` that became `throw new Error(…)`. */
const findPlainErrors: Find = (change, before) => {
  const { edit, removed } = change;
  const now = edit.added.find(({ text }) => PLAIN_ERROR.test(codeOf(text)));
  return removed.slice(0, now ? 20 : 0).flatMap(({ line, text }) => {
    const [, name] = TOLD.exec(codeOf(text)) ?? [];
    if (name === undefined || edit.added.some((one) => TOLD.test(one.text))) return [];
    return [
      lostAt(before, change, line, {
        DID: `threw \`${name}\` here`,
        THEN: `\`${shown(now?.text ?? '')}\` in its place tells the caller of a fault of the service, not of the request`,
      }),
    ];
  });
};

/** It answers, or ends the answer. */
const ANSWERS =
  /\b(?:res|reply|response|ctx|c|w)\b[\w.()]*\.(?:send|json|end|redirect|render|JSON|String|Abort\w*)\(|\bhttp\.(?:Error|Redirect)\(|\bnext\(\s*\w/;

/** `return res.status(401).send(…)` without its `return`: what follows runs as well. */
const findRunningOn: Find = (change, before) => {
  const { edit, removed, lines } = change;
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text).trim();
    const [, answer] = /^return\s+(.+)$/.exec(code) ?? [];
    if (answer === undefined || !ANSWERS.test(answer)) return [];
    const same = edit.added.find((one) => codeOf(one.text).trim() === answer);
    const at = same ? same.line - change.places.head.startLine : -1;
    const head = at < 0 ? null : headOf(lines.head, at);
    if (!same || head === null || !/\bif\b/.test(lines.head[head] ?? '')) return [];
    const { body, next } = blockAt(lines.head, head);
    const isLast = !/\w\(|\breturn\b/.test(lines.head.slice(next).join('\n'));
    if (ownOf(body).some((one) => LEAVES.test(one)) || isLast || /^\s*\}?\s*else\b/.test(lines.head[next] ?? ''))
      return [];
    return [lostAt(before, change, line, { DID: `left when it had answered (\`${shown(text)}\`)`, THEN: RUNS_ON })];
  });
};

const RUNS_ON = 'now what follows runs as well: what was refused is done, and a second answer is an error';

const LOST: readonly Find[] = [
  findTries,
  findCatches,
  findEmptied,
  findGoingOn,
  findRunningOn,
  findUnasked,
  findPlainErrors,
];
