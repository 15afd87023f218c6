import { memo } from '../../languages/memo.ts';
import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import { codeOfLines, isShort, shortCodeOf } from '../changes/changed-code.ts';
import { findRemovedGuards } from '../changes/find-removed-guards.ts';
import { findRemovedOwners } from '../changes/find-removed-owners.ts';
import { isRewritten, linesIn } from '../changes/pairs-of.ts';
import type { ChangedLine, Edit, FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { FactPlace } from '../facts.ts';
import { placesAround } from '../read/places-around.ts';
import { droppedIn } from './dropped-in.ts';
import { emptiedIn } from './emptied-in.ts';
import { forbidsItself } from './forbids-itself.ts';
import { type Gone, shown } from './gone.ts';
import { type Around, howKept } from './how-kept.ts';
import { listImported } from './list-imported.ts';
import { narrowedIn } from './narrowed-in.ts';
import { bodyAt, conditionAt, refusalsIn } from './refusals-in.ts';
import { REFUSING } from './refusing.ts';
import { listSubjects, type Subject, subjectOf } from './subjects.ts';
import { takenWhole } from './taken-whole.ts';
import { type Turned, turnedIn } from './turned-in.ts';
import { unscopedIn } from './unscoped-in.ts';
import { forgotten, unwrapped } from './unwrapped.ts';

/** `errors.Is(err, ErrDenied)`: which failure it was is no question about who asks. */
const TELLS = /^\W*errors\.(?:Is|As)\(\s*\w+\s*,|^\W*isinstance\(\s*(?:e|ex|exc|err|error|exception)\s*,/;

/**
 * What a function checked, refused or cleaned before the change and does not now, while it goes on doing what it did. Silent where
 * the change put another check of the kind into the function, or the same one elsewhere in the file, where most of the function is
 * new, and where the function is gone.
 */
export function findRemovedChecks(subject: Subject): FindFacts {
  return (facts, read, before) => {
    if (!before) return [];
    const gone = listGone(before).filter(
      (one) => one.subject === subject && !(subject === 'caller' && TELLS.test(one.had)),
    );
    if (gone.length === 0) return [];
    // Those say more.
    const said =
      subject === 'caller'
        ? [...findRemovedGuards(facts, read, before), ...findRemovedOwners(facts, read, before)]
        : [];
    const names = said
      .map(({ values }) => values['GUARD'] ?? values['COLUMN'] ?? '')
      .map((name) => name.replace(/\(.*/s, ''));
    const seen = new Set<number>();
    const hits = gone.slice(0, MOST_LOOKED_AT).flatMap((one): FactHit[] => {
      if (seen.has(one.line) || names.some((name) => name !== '' && one.had.includes(name))) return [];
      const around = lookAround(one, read, before);
      if (around === null || one.stays?.test(around.now) === false) return [];
      const kept = one.isTurned ? null : howKept(one, around, before, read);
      // Who only reads may be asked for less.
      if (kept === 'surely' || (one.isWeaker === true && !WRITES.test(around.now))) return [];
      seen.add(one.line);
      return [
        {
          place: { path: before.path, startLine: one.line, endLine: one.line },
          side: 'LEFT',
          symbol: around.name,
          suspected:
            !one.isSure ||
            kept === 'perhaps' ||
            (subject === 'input' && !one.isListed) ||
            (subject === 'limit' && !COUNTS.test(one.had)),
          ...(subject === 'caller' && { keptBy: 'guard' as const }),
          ...(subject === 'limit' && { keptBy: 'limit' as const }),
          moved: [one.name, one.had.replace(/^if\b\s*\(?|\)$/g, '')].filter((text) => text.length > 4),
          values: {
            FUNCTION: around.name === '' ? 'this code' : `\`${lastPart(around.name)}\``,
            HAD: one.had,
            NOW: one.isTurned ? 'asks the opposite now' : 'does the same without it now',
          },
        },
      ];
    });
    const weaker = new Set(gone.filter(({ isWeaker }) => isWeaker).map(({ line }) => line));
    const whole = hits.filter(({ place }) => !weaker.has(place.startLine));
    return countFunctions(whole) < MOST_AT_ONCE
      ? hits
      : hits.map((hit) => (whole.includes(hit) ? { ...hit, suspected: true } : hit));
  };
}

/** One more than are shown of a file, so that it is told that there are more. For each the file is looked through. */
const MOST_LOOKED_AT = 201;

/** For each the lines of the file are gone through. */
const MOST_EDITS = 100;

/** Checks that go from so many places at once may stand in front of all of them now, in another file. */
const MOST_AT_ONCE = 4;

/** Outside of functions each place counts. */
function countFunctions(hits: readonly FactHit[]): number {
  return new Set(hits.map(({ symbol, place }) => symbol || place.startLine)).size;
}

const CALL = /^\s*(?:await\s+|return\s+await\s+)?([\w$.]+)\(/;
const MARK =
  /^\s*@[\w.]+|^\s*(?:permission_classes|authentication_classes|throttle_classes|permission_required)\s*=|\bdef get_permissions\b/;
/** `const isLocal = next.startsWith('/')` */
const VERDICT = /^\s*(?:const|let|var)?\s*((?:is|has|can|may|safe|valid|allowed)[_A-Z]\w*)\s*:?=\s*(.+)$/;
const FORBIDS = /40[134]|forbid|un_?auth|permission|privilege|not.?(?:allowed|authori)|denied|access|not_?found/i;
/** Who signs in is not proven to be who he says. */
const PROVES = /e?mail_?verified|two_?factor|\bmfa|\botp|verified_?e?mail/i;
const WRITES = /(?:insert|create|update|delete|remove|destroy|save|add|put|patch|write|upsert|move|rename|send)\w*\(/i;
/** What is put in front of a handler to count its callers. Anything else that limits may be another matter of the function. */
const COUNTS = /^@[\w.]*(?:limit|throttle)\w*(?:\.\w+)?\(|\.use\([^\n]*\b(?:rate_?limit\w*|throttle\w*|slowDown)\(/i;
/** A call that is about rights by its name. */
const RIGHTS = /perm(?:ission|s|_|[A-Z]|$)|access|owner|is_?admin|authori[sz]|scope|privilege/i;
const REDIRECTS = /(?<!\w)(?:redirect|Redirect|sendRedirect|HttpResponseRedirect|RedirectResponse)\(([^\n]*)/;
const REQUESTS = /\b(?:fetch|axios|got|ky|urlopen)\b|\.(?:Do|Get|Post|Head|get|post|head|request)\(/;
/** Lines below a check in which what it checked is used. */
const NEAR = 12;

/** The address that was checked is where people are sent; the service itself asks nobody there. */
function isRedirected(condition: string, below: readonly string[]): boolean {
  const end = below.findIndex((line) => /^(?:\}|(?:async\s+)?def\b|func\b)/.test(line));
  const code = below.slice(0, end < 0 ? undefined : end);
  const target = code.map((line) => REDIRECTS.exec(line)?.[1] ?? '').join(' ');
  if (target.trim() === '' || code.some((line) => REQUESTS.test(line))) return false;
  const used = new Set(target.match(/[A-Za-z_$][\w$]*/g));
  return (condition.match(/(?<![\w$.])[A-Za-z_$][\w$]*(?!\s*[\w$(.])/g) ?? []).some((name) => used.has(name));
}

/** Says nothing by itself: what it was given does. */
const BLANK =
  /^\W*if\b\s*\(?\s*!?(?:not\s+)?(?:[\w$]*err\w*|ok|valid|[\w$]+(?:\.\w+)?)(?:\s*!=\s*nil|\s*[!=]==?\s*\w+)?\W*$/i;

/** `if user == nil { return ErrNotFound }`: a row that is missing is no caller. */
const NO_ROW = /^\W*if\b\s*\(?\s*!?(?:not\s+)?\w+(?:\s*(?:==\s*nil|===?\s*(?:null|undefined)|is\s+None))?\W*$/;
const NOT_THERE = /404|not_?found|no_?rows|missing/i;

/** A line inside a comment, which shows neither beginning nor end. */
const INSIDE = /^\s*\*(?:\s|\/|$)/;

/** What is gone from the file that speaks of a check, in the order of its lines. */
const listGone = memo((before: FactsBefore): Gone[] => {
  const lines = before.read({ path: before.path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER }).split('\n');
  const imported = listImported(lines);
  const does = ({ line, text }: ChangedLine): boolean => !INSIDE.test(text) && !imported.has(line);
  const removed = before.removed.filter((one) => isShort(one) && does(one));
  const kept = new Set(before.added.map(({ text }) => text.trim()));
  const refusals = refusalsIn(removed, lines, kept).flatMap(({ line, condition: asked, answer, how }): Gone[] => {
    const given = definedIn(asked, line, removed);
    const condition = codeOf(`${asked} ${given}`).trim();
    const said = subjectOf(condition, `${condition} ${answer}`);
    const name = nameOf(asked) || nameOf(given);
    // Without a word of it here, the function that is asked tells people that they may not.
    const isTold = (said === null || said === 'input') && how === 'refuses' && forbidsItself(name, before, 'answers');
    const spoken = isTold ? 'caller' : said;
    const subject =
      spoken === 'address' && isRedirected(condition, lines.slice(line, line + NEAR)) ? 'redirect' : spoken;
    // What is only kept sends no request.
    const isKept = subject === 'address' && how === 'opens' && !/\w\(/.test(codeOf(lines[line] ?? ''));
    const isSure =
      !isKept &&
      (subject !== 'caller' ||
        isTold ||
        FORBIDS.test(answer) ||
        REFUSING.test(name) ||
        RIGHTS.test(name) ||
        PROVES.test(asked));
    // `if (!isLocal(next)) next = '/'` sets right what an address is; elsewhere it is any default.
    if (how === 'resets' && subject !== 'redirect' && !/netloc|scheme|\.protocol|\.host/i.test(condition)) return [];
    if (how === 'opens' && (subject === 'input' || subject === 'limit')) return [];
    if (subject === 'caller' && NO_ROW.test(condition) && NOT_THERE.test(answer)) return [];
    const had = shown(given !== '' && BLANK.test(asked) ? given : asked);
    return subject === null ? [] : [{ line, subject, had, name, isSure }];
  });
  const edits = before.edits.map((edit) => ({
    ...edit,
    removed: edit.removed.filter(does),
  }));
  const written = codeOfLines(before.added);
  const few = edits.slice(0, MOST_EDITS);
  const parts = [
    ...edits.flatMap((edit) => [...cleanedIn(edit), ...droppedIn(edit, lines), ...unscopedIn(edit)]),
    ...few.flatMap((edit) => [...narrowedIn(edit, lines), ...takenWhole(edit, lines, written)]),
    ...few.flatMap((edit) => turnedIn(edit, lines, before)).flatMap(aboutCaller),
  ];
  const called = removed.flatMap((one) => calledIn(one, before)).filter(({ line }) => !isInside(line, refusals, lines));
  return [
    ...refusals.filter((one) => !isOnlyAround(one, refusals, lines)),
    ...called,
    ...emptiedIn(removed, lines),
    ...parts,
  ].toSorted((a, b) => a.line - b.line);
});

/** A further line of a condition, which is said at its first one. */
function isInside(line: number, refusals: readonly Gone[], lines: readonly string[]): boolean {
  return refusals.some((one) => one.line < line && line <= conditionAt(one.line, lines)[1]);
}

/** `if (channel !== '') {` around `if (!mayWrite(me, channel)) throw …`: that one says what was asked. */
function isOnlyAround({ line, subject, had }: Gone, refusals: readonly Gone[], lines: readonly string[]): boolean {
  if (subjectOf(had, had) === subject) return false;
  const body = new Set(bodyAt(conditionAt(line, lines)[1], line, lines).map(([at]) => at));
  return refusals.some((one) => one.subject === subject && body.has(one.line));
}

/** The line that asks who may has become its opposite. */
function aboutCaller({ line, condition, answer }: Turned): Gone[] {
  if (subjectOf(condition, `${condition} ${answer}`) !== 'caller') return [];
  if (NO_ROW.test(condition) && NOT_THERE.test(answer)) return [];
  const name = nameOf(condition);
  const isSure = FORBIDS.test(answer) || REFUSING.test(name) || RIGHTS.test(name);
  return [{ line, subject: 'caller', had: shown(condition), name, isSure, isPart: true, isTurned: true }];
}

/** A call for its refusal alone, a decorator, and what is asked of a value and kept by a name. */
function calledIn({ line, text }: ChangedLine, before: FactsBefore): Gone[] {
  const code = codeOf(text);
  const [, verdict, value = ''] = VERDICT.exec(code) ?? [];
  if (verdict !== undefined) {
    const subject = subjectOf(value, value);
    const isSure = subject !== 'caller';
    return subject === null || subject === 'input' || subject === 'limit'
      ? []
      : [{ line, subject, had: shown(value), name: verdict, isSure }];
  }
  const isMark = MARK.test(code);
  const name = isMark ? nameOf(`${code}(`) : lastPart(CALL.exec(code)?.[1] ?? '');
  const spoken = isMark || REFUSING.test(name) ? subjectOf(code, code) : null;
  const isTold = !isMark && (spoken === null || spoken === 'input') && forbidsItself(name, before, 'throws');
  const subject = isTold ? 'caller' : spoken;
  return subject === null || (isMark && subject !== 'caller' && subject !== 'limit')
    ? []
    : [{ line, subject, had: shown(code), name, isSure: true }];
}

const LINES_TO_DEFINITION = 12;

/** What the names of a condition were given right before it: `const found = await validateUrl(url)`. */
function definedIn(condition: string, line: number, removed: FactsBefore['removed']): string {
  const above = removed.filter((one) => one.line < line && one.line >= line - LINES_TO_DEFINITION);
  return above
    .flatMap(({ text }) => {
      const [, name = '', value = ''] =
        /^\s*(?:const|let|var)?\s*([\w$]+)[^=!<>]*?:?=(?!=)\s*(.+)$/.exec(codeOf(text)) ?? [];
      return name !== '' && new RegExp(`\\b${escapeRegExp(name)}\\b`).test(condition) ? [value] : [];
    })
    .join(' ');
}

const MOST_PAIRS = 400;
const MOST_LINES = 14;

/** `fs.readFile(path.join(dir, basename(name)))` without `basename`, and `name = basename(name)` that is gone. */
function cleanedIn({ removed, added }: Edit): Gone[] {
  if (added.length === 0)
    return removed.flatMap(({ line, text }) => {
      const [, to, call = ''] = /^\s*([\w$.]+)\s*=\s*([\w$.]+)\(\s*\1\b/.exec(codeOf(text)) ?? [];
      return to === undefined ? [] : cleaner(line, call, `${call}(${to})`);
    });
  if (removed.length + added.length <= MOST_LINES) {
    const [old, now] = [codeOfLines(removed), codeOfLines(added)];
    const calls = [...unwrapped(old, now), ...forgotten(old, now)];
    const found = calls.flatMap((call) => cleaner(lineOf(call, removed), call, `${call}(…)`));
    if (found.length > 0) return found;
  }
  if (removed.length * added.length > MOST_PAIRS) return [];
  const short = added.filter(isShort).map(({ text }) => codeOf(text));
  return removed
    .filter(isShort)
    .flatMap(({ line, text }) =>
      short.flatMap((now) => unwrapped(codeOf(text), now).flatMap((call) => cleaner(line, call, `${call}(…)`))),
    );
}

function lineOf(call: string, removed: Edit['removed']): number {
  return (removed.find(({ text }) => text.includes(call)) ?? removed[0])?.line ?? 0;
}

function cleaner(line: number, call: string, had: string): Gone[] {
  const subject = listSubjects().find(([, { cleans }]) => cleans?.test(call))?.[0];
  if (subject === undefined) return [];
  // `bytes.Equal` is no `hmac.Equal`.
  const name = subject === 'timing' ? call : lastPart(call);
  return [{ line, subject, had, name, isSure: true }];
}

/** Calls that say nothing of what is asked. */
const PLAIN = /^(?:includes|has|get|test|some|len|if|is|as|any|all|not|errors|string|int|number)$/i;

/** The last call of a condition, which decides. */
function nameOf(condition: string): string {
  const calls = [...condition.matchAll(/([\w$]+)\(/g)].map(([, name = '']) => name);
  return calls.findLast((name) => !PLAIN.test(name)) ?? '';
}

function isFull({ text }: ChangedLine): boolean {
  return text.trim() !== '';
}

/** Of a long function with many checks the code is made once. */
const codeBy = memo((read: ReadPlace) => memo((place: FactPlace) => shortCodeOf(read(place))));

function lookAround({ line, isPart }: Gone, read: ReadPlace, before: FactsBefore): Around | null {
  const edit = before.edits.find(({ removed }) => removed.some((one) => one.line === line));
  const places = edit ? placesAround(line, edit, before) : null;
  if (!edit || !places) return null;
  const { name, base, head } = places;
  // As many lines stand in place of those that are gone; what follows them may be the check, in another form.
  const instead = isPart ? edit.added.filter(isFull).slice(0, edit.removed.length) : [];
  const own = new Set(instead.map(({ line: at }) => at));
  const wrote = linesIn(head, before.added).filter(isFull);
  const added = wrote.filter((one) => !own.has(one.line));
  const was = codeBy(before.read)(base);
  if (isRewritten(head, added, was, before)) return null;
  return {
    name,
    was,
    now: codeBy(read)(head),
    added: codeOfLines(added),
    wrote: codeOfLines(wrote),
  };
}
