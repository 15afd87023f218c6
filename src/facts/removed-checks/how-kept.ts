import { memo } from '../../languages/memo.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import { codeOfLines, isShort, shortCodeOf } from '../changes/changed-code.ts';
import type { ChangedLine, FactsBefore, ReadPlace } from '../fact-hit.ts';
import type { Gone } from './gone.ts';
import { REFUSING } from './refusing.ts';
import { OWNER, SUBJECTS, type Subject } from './subjects.ts';

/** Where the check was, and what is there now. */
export interface Around {
  name: string;
  was: string;
  now: string;
  /** What the change wrote there, without what came in the place of the very line. */
  added: string;
  /** All of it. */
  wrote: string;
}

/** Lines outside of functions whose names are looked for in one that lost a check. */
const MOST_OUTSIDE = 5;

/** Whoever is refused is told so. */
const REFUSES = /\b(?:throw|raise|abort)\b|\b40[134]\b|[fF]orbid|[uU]nauthor/;
/** A careful brother of a client, a folder that nobody leaves, a template that escapes by itself, a schema. */
const CAREFUL: Partial<Record<Subject, RegExp>> = {
  address:
    /(?:safe|guarded|protected|public|restricted|ssrf|filtering)_?\w*(?:client|http|fetch|transport|session|agent|ky|axios|requests?|urlopen)|\badvocate\./i,
  // Also a program that is started without a shell, and a value that is handed over beside the statement.
  markup:
    /\.Execute(?:Template)?\(\s*w\b|\brender_template\(|\btextContent\s*=|\b(?:run|Popen|call|check_call|check_output|spawn\w*|execFile\w*|create_subprocess_exec|Command\w*)\(\s{0,20}(?:\[\s{0,20})?["'`][^"'`\s]{0,100}["'`]\s{0,20},|(?:[=(,<>]|\bi?like)\s{0,20}(?:\$\d|\?|%s|:[a-z]\w{0,50})[^\n]{0,200}["'`]\s{0,20},/i,
  timing: /CompareHashAndPassword|\bbcrypt\b|\bargon2|\bscrypt\b|check_?(?:password|pw)\w*\(/i,
  fields: /\b(?:validated_data|cleaned_data)\b|\.(?:model_validate|model_dump)\(/,
  input:
    /\b(?!(?:JSON|Date)\b)[A-Z]\w*\.(?:parse|parseAsync|validate\w*)\(|\.(?:safeParse\w*|model_validate|is_valid)\(|:\s*(?:Annotated\[|Literal\[)/,
  limit: /\bmax_length\s*=|\bconstr\(|\.max\(\s*\w/,
  path: /OpenInRoot|OpenRoot|os\.Root\b|relative_to\(|Clean\(\s*["'`]\/["'`]/,
};
/** Somebody or something else may keep people out now: a decorator, a parent class, what a handler is given. */
const IN_FRONT =
  /^\s*@(?!\w*\.?(?:get|post|put|patch|delete|route)\b)[\w.]+|\b(?:Depends|Security)\(|permission_classes|Mixin\b|\.use\(|UseGuards|[mM]iddleware/m;
/** Who asks is handed on. */
const ASKER =
  /[(,]\s*(?:[\w.]*\b)?(?:current_?user|user|viewer|actor|principal|session|caller|requester|member|auth|claims)\w*(?:\([\w\s,]*\))?(?:\.\w+)?\s*[,)]/i;

/** `if not restriction.accept_request(self.request)`: a condition that is asked with the request. */
const ASKED = /\b(?:if|not|and|or|filter)\b[^\n]{0,200}\w\((?:\w+\.)?(?:req|request)\s*[,)]/;

/** Only some are asked for: `AND roles.name = 'admin'`. */
const WHOSE_ROWS = new RegExp(
  String.raw`\b(?:where|using|join|and|on)\b[^\n]{0,200}\b(?:\w+\.)?(?:roles?|permissions?|grants?|${OWNER}s?)(?:_?id)?\b`,
  'i',
);
/** A parameter whose type says who may call: `user: AdminUser`. */
const GIVEN_AS =
  /\bdef \w+\([^\n]{0,400}?:[ \t]*(?:Annotated\[)?\w{0,40}?(?:Admin|Auth|User|Principal|Identity|Member|Staff|Owner)|^[ \t]*\w+[ \t]*:[ \t]*(?:Annotated\[)?\w{0,40}?(?:Admin|Auth|CurrentUser|Principal|Staff|Owner)/m;
/** `COLUMNS[name]`, `Field(name)`: one of those that are named there, or none. */
const LOOKED_UP =
  /[=(]\s*(?:[\w$]+\.)*(?!GET\b|POST\b|META\b|COOKIES\b)[A-Z][A-Z\d_]+(?:\[|\.get\()|\b(?:enum|Enum|Literal|oneOf|isIn|match)\b|\bswitch\b/;
/** Ranges of addresses, one of which holds what was asked for. */
const LOCAL = /169\.254|link_?local|metadata/i;
const RANGES = /is_?(?:link_?local|private)(?!\w)|IsLinkLocalUnicast\(|IsPrivate\(/i;

/**
 * Surely: it stands elsewhere in the file now, or something else refuses in its stead. Perhaps: what it was about comes from elsewhere
 * now, or something that nobody can look into stands in front.
 */
export function howKept(gone: Gone, around: Around, before: FactsBefore, read: ReadPlace): 'surely' | 'perhaps' | null {
  const { subject, name } = gone;
  const { was, now, added } = around;
  const all = writtenIn(before).code;
  if (name.length > 2) {
    const call = new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`, 'gi');
    const times = count(was, call);
    if (call.test(all) || (times > 0 && count(now, call) >= times)) return 'surely';
  }
  const there = `${added}\n${calledBy(added, before, read)}`;
  const { checks, cleans } = SUBJECTS[subject];
  const careful = CAREFUL[subject];
  // What was called before the change as well is no new check.
  const { taken } = writtenIn(before);
  const calls = callsOf(added.replace(DECLARES, '')).filter((call) => !taken.includes(`${call}(`));
  if (checks.test(calledElsewhere(around, before, read))) return 'surely';
  if (subject === 'address' && LOCAL.test(gone.had) && RANGES.test(now)) return 'surely';
  if (subject === 'redirect' && (leadsHome(now) || LOOKED_UP.test(added))) return 'surely';
  const isSure =
    checks.test(there) ||
    REFUSES.test(there) ||
    (careful &&
      (careful.test(there) ||
        careful.test(around.wrote) ||
        writtenIn(before)
          .outside.filter(({ text }) => careful.test(text))
          .slice(0, MOST_OUTSIDE)
          .some(({ names }) => names.some((one) => now.includes(one))))) ||
    (gone.isListed === true && LOOKED_UP.test(now)) ||
    calls.some((call) => REFUSING.test(lastPart(call)));
  if (isSure) return 'surely';
  const mayBe =
    careful?.test(all) ||
    isRemade(gone, around) ||
    isNowhere(gone, around) ||
    calls.some((call) => cleans?.test(call)) ||
    (subject === 'caller' &&
      (WHOSE_ROWS.test(added) ||
        GIVEN_AS.test(added) ||
        ASKER.test(added) ||
        ASKED.test(added) ||
        IN_FRONT.test(gone.isPart ? added : all)));
  return mayBe ? 'perhaps' : null;
}

/** It names what it does not do. */
const IMPORTS = /^\s*(?:import\s|from\s+\S+\s+import\s)|=\s*require\([^()]*\);?\s*$/;

/** What a change wrote into its file: asked for each check that is gone. */
const writtenIn = memo(({ added, removed, functions, path }: FactsBefore) => ({
  taken: codeOfLines(removed.filter(isShort)),
  code: codeOfLines(added.filter(({ text }) => !IMPORTS.test(text))),
  /** A type, a client, a schema: it counts where the function names it. */
  outside: outsideOf(functions, path, added).map(({ text }) => ({ text: shortCodeOf(text), names: namesOf(text) })),
  lines: new Set(added.map(({ line }) => line)),
}));

const NAMES = /\b(?:class|const|let|var|type|func)\s+(\w+)|^\s*(\w+)\s*[?!]?:?[:=]/g;

function namesOf(text: string): string[] {
  return [...text.matchAll(NAMES)]
    .flatMap(([, declared, set]) => declared ?? set ?? [])
    .filter((one) => one.length > 2);
}

/** Of these lines those that stand in no function. */
function outsideOf({ head }: FactsBefore['functions'], path: string, lines: readonly ChangedLine[]): ChangedLine[] {
  const places = head.flatMap(({ place }) => (place.path === path ? [place] : []));
  places.sort((a, b) => a.startLine - b.startLine);
  let next = 0;
  let end = 0;
  return lines
    .toSorted((a, b) => a.line - b.line)
    .filter(({ line }) => {
      for (let place = places[next]; place && place.startLine <= line; place = places[++next])
        end = Math.max(end, place.endLine);
      return line > end;
    });
}

/** Functions that are called in place of a check, and what is read of each: all of it is searched for each check that is gone. */
const MOST_CALLED = 10;
const MOST_OF_CALLED = 5000;

/** What the change wrote in those functions of the file that these lines call: a check may have moved into one of them. */
function calledBy(added: string, before: FactsBefore, read: ReadPlace): string {
  const { path, functions } = before;
  const calls = new Set(callsOf(added).map(lastPart));
  const { lines } = writtenIn(before);
  return functions.head
    .filter((one) => one.place.path === path && calls.has(lastPart(one.name)))
    .filter(({ place }) => lines.has(place.startLine + 1))
    .slice(0, MOST_CALLED)
    .map(({ place }) => shortCodeOf(read(place).slice(0, MOST_OF_CALLED)))
    .join('\n');
}

/** What stands in those functions of other files that only the lines of the change call: a check may have moved there. */
function calledElsewhere({ was, added }: Around, { path, functions }: FactsBefore, read: ReadPlace): string {
  const calls = callsOf(added)
    .map(lastPart)
    .filter((call) => call.length > 2);
  if (calls.length === 0) return '';
  const before = new Set(callsOf(was).map(lastPart));
  const fresh = new Set(calls.filter((call) => !before.has(call)));
  return functions.known
    .filter((one) => one.place.path !== path && fresh.has(lastPart(one.name)))
    .slice(0, MOST_CALLED)
    .map(({ place }) => shortCodeOf(read(place).slice(0, MOST_OF_CALLED)))
    .join('\n');
}

/** `func validate(` calls nobody. */
const DECLARES = /^[ \t]*(?:func\b|(?:async\s+)?def\b|(?:export\s+)?(?:async\s+)?function\b)[^\n]*$/gm;

function callsOf(text: string): string[] {
  return [...text.matchAll(/([\w$.]+)\(/g)].map(([, name = '']) => name);
}

const GIVEN = /^\s*(?:const|let|var)?\s*([\w$]+)[^=!<>\n]*?(?::=|(?<![=!<>+-])=(?!=))\s*(.*)$/gm;
/** A path that is only put together is no other one. */
const JOINS = /^(?:[\w.]*\.)?(?:join|resolve|abspath|normali[sz]e|format|Sprintf|str|string|Path|PurePath)$/i;

/** What it asked about is had otherwise now: `const file = FILES[name]`, `note, ok := h.noteOf(w, r)`. */
function isRemade({ had, isPart }: Gone, { was, added }: Around): boolean {
  if (isPart) return false;
  return [...added.matchAll(GIVEN)].some(([, name = '', value = '']) => {
    const isAsked = name.length > 1 && !/^(?:err|ok)$/.test(name) && wordOf(name).test(had);
    const isOther = (call: string): boolean => !JOINS.test(call) && !was.includes(`${call}(`);
    return isAsked && (callsOf(value).some(isOther) || /^[A-Z]\w*\[/.test(value));
  });
}

const REDIRECTS = /\b\w*[rR]edirect\w*\(([^()]*)\)/g;
/** `"/"`, `res, req, '/login', 302`: nothing that anybody sends. */
const OWN_PAGE = /^\s*(?:[\w.]+\s*,\s*){0,2}["'`][^"'`$\\]*["'`]\s*(?:,[^"'`]*)?$/;

/** Wherever it sends people now, it is a page of its own. */
function leadsHome(now: string): boolean {
  const given = [...now.matchAll(REDIRECTS)].map(([, text = '']) => text);
  const all = count(now, /[rR]edirect\w*\(|\b[lL]ocation\b|\bgoTo\(|\bnavigate\w*\(/g);
  return given.length > 0 && given.length === all && given.every((text) => OWN_PAGE.test(text));
}

const WORDS = /^(?:if|not|or|and|in|is|err|ok|nil|null|undefined|None|true|false|True|False|await|typeof)$/;

/** Nothing that it asked about is there any more: `s.dir.Open(name)` needs no path. */
function isNowhere({ had, isPart }: Gone, { was, now }: Around): boolean {
  if (isPart || !/^if\b/.test(had)) return false;
  const names = [...had.matchAll(/(?<![\w$.'"`])([A-Za-z_]\w+)(?!\w*[('"`])/g)].filter(
    ([, name = '']) => !WORDS.test(name),
  );
  const isThere = (name: string): boolean =>
    wordOf(name).test(now) || valuesOf(name, was).some((one) => now.includes(one));
  return names.length > 0 && names.every(([, name = '']) => !isThere(name));
}

const LONGEST_FUNCTION = 20_000;

/** `next = request.GET.get("next")`: it may go without its name now. What is no call may be anything. */
function valuesOf(name: string, was: string): string[] {
  // It is gone through for each name of each check.
  if (was.length > LONGEST_FUNCTION) return [];
  return [...was.matchAll(GIVEN)].flatMap(([, to, value = '']) => {
    const given = value.trim().replace(/;$/, '');
    return to === name && /\(.+\)$/.test(given) ? [given] : [];
  });
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$.])${escapeRegExp(name)}(?![\\w$])`);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
