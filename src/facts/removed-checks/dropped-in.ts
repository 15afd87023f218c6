import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import { wordsOf } from '../../text/words-of.ts';
import { codeOfLines } from '../changes/changed-code.ts';
import type { ChangedLine, Edit } from '../fact-hit.ts';
import { deltaOf } from './delta-of.ts';
import { type Gone, lastName, shown } from './gone.ts';
import { listSubjects, SUBJECTS, type Subject, subjectOf } from './subjects.ts';

const LONGEST_DROPPED = 160;
const MOST_LINES = 12;
/** Words that mark the careful version of something: `safeFetch`, `NoSSRFURLField`, `SandboxedEnvironment`. */
const CAREFUL = /safe|no_?ssrf|ssrf|immutable_?sandboxed|sandboxed|secure|restricted|protected|guarded|validated/i;
const SENDS = /fetch|http|client|\bky\b|axios|request|url|dial/i;
/** Who is asked for: the more somebody may do, the higher. */
const RANKS = [
  /view|read|guest|any/i,
  /member|user|writ|edit|auth|log/i,
  /manager|maint|moderat|agent|staff/i,
  /admin|owner|super|root/i,
];
/** What asks for more than to be let in. */
const MORE = /_?(?:write|edit|admin|owner|manage|update|delete|modify)(?=_|[A-Z])/i;
/** `|| !isSafe(url)`, `, AdminGuard`, `.use(requireAdmin)`, a line of a list. */
const PART = /^(?:\|\||&&|and\b|or\b|,|\.\s*use\b)|^[\w.$]+\s*\(\s*\)?\s*,?$|^\w+,?$/;
/** Nothing is done by them. */
const NAMES_ALONE = /^\s*(?:import\b|from\s+[\w.]+\s+import\b|export\b[^=(]*\bfrom\b|\}?\s*from\b)|\brequire\(/m;

/** What only rows of somebody's are found by. */
const SCOPED =
  /self\.get_(?:object|queryset)\(|get_objects_for_user\w*\(|get_permitted_\w+\(|\bfor_user\(|visible_(?:to|for)\w*\(|accessible_(?:by|to)\w*\(|(?:current_?user|req\.user|request\.user)\.\w+\.(?:find|where|filter|get)\(/i;
const UNSCOPED = /\.objects\.(?:get|filter|all)\(|get_object_or_404\(\s*[A-Z]|\.(?:find\w*|query)\(/;
const SENDS_BARE = /http\.(?:Default)?Client\b|\bfetch\(|\brequests?\.\w+\(|\baxios\b|\bgot\(|http\.(?:Get|Post)\(/;
/** It ends at the first difference. */
const EQUAL = /[!=]==?|\b(?:EqualFold|DeepEqual|bytes\.(?:Equal|Compare)|strings\.Compare|localeCompare)\(|\.equals\(/;
const SECRET = /secret|password|token|key|hash|code|private|credential|invit/i;

/** A part of a line that is gone, or that a lesser one stands for: an option, a condition, a guard, `safeFetch` that became `fetch`. */
export function droppedIn(edit: Edit, lines: readonly string[]): Gone[] {
  const { removed, added } = edit;
  if (removed.length === 0 || removed.length > MOST_LINES || added.length > removed.length + 2) return [];
  if (NAMES_ALONE.test(codeOfLines(removed))) return [];
  const pairs =
    removed.length === added.length && removed.length > 1
      ? removed.map((one, index): [Edit['removed'], Edit['added']] => [[one], added.slice(index, index + 1)])
      : [[removed, added] as [Edit['removed'], Edit['added']], ...alike(edit)];
  const found = [...pairs.flatMap(([old, now]) => ofPair(old, now, lines)), ...ofRun(removed, added)];
  return found.map((one) => ({ ...one, isPart: true }));
}

/** Of runs that are not as long as each other: lines that begin alike, and are few. */
function alike({ removed, added }: Edit): [Edit['removed'], Edit['added']][] {
  const startOf = ({ text }: ChangedLine): string => text.trim().slice(0, SAME_START);
  const byStart = Map.groupBy(added, startOf);
  return [...Map.groupBy(removed, startOf)].flatMap(([start, all]) => {
    const others = byStart.get(start) ?? [];
    if (start.length < SAME_START || all.length > MOST_ALIKE || others.length > MOST_ALIKE) return [];
    return all.flatMap((old) => others.map((one): [Edit['removed'], Edit['added']] => [[old], [one]]));
  });
}

/** Of more than that it is not known which line has become which. */
const MOST_ALIKE = 6;
const SAME_START = 12;

function ofPair(removed: Edit['removed'], added: Edit['added'], lines: readonly string[]): Gone[] {
  const text = codeOfLines(removed);
  const delta = deltaOf(text, codeOfLines(added));
  if (!delta || delta.old.length > LONGEST_DROPPED) return [];
  const { old, now, at } = delta;
  const line = removed[text.slice(0, at).split('\n').length - 1]?.line ?? removed[0]?.line ?? 0;
  const found = now === '' ? ofPart(old, line, lines) : (ofName(old, now, text) ?? ofRight(old, now, text));
  return found === null
    ? []
    : [{ ...found, line, had: shown(old.replace(/^[\s,.]+|[\s,]+$/g, '')), name: lastCall(old) ?? lastName(old) }];
}

/** `isPathTraversal(chatId)`: with another argument it asks of another value. */
function lastCall(text: string): string | null {
  return text.match(/[\w$]{3,}\(\s*[\w$.]+\s*\)/g)?.at(-1) ?? null;
}

/** `getLabelOfRepoById` of `getLabelById`. */
const OF_SOMEBODY =
  /(?:(?:Of|For|In|And|By)_?)?(?:_(?:of|for|in|and|by)_)?(?:Repo|User|Owner|Org|Team|Project|Workspace|Tenant|Account|_user|_owner|_org|_team|_project|_workspace|_tenant)(?:ID|Id|_id)?(By|_by|$)/;

function callsOf(text: string): string[] {
  return [...text.matchAll(/([\w$]+)\(/g)].map(([, name = '']) => name);
}

/** What the whole run had and has not, though it does the same. */
function ofRun(removed: Edit['removed'], added: Edit['added']): Gone[] {
  const [old, now] = [codeOfLines(removed), codeOfLines(added)];
  const found = (subject: Subject, pattern: RegExp): Gone[] => {
    const name = pattern.exec(old)?.[0] ?? '';
    const { line, text } = removed.find((one) => pattern.test(one.text)) ?? { line: 0, text: '' };
    return line === 0 ? [] : [{ line, subject, had: shown(codeOf(text)), name: lastName(name), isSure: true }];
  };
  const has = (pattern: RegExp): boolean => pattern.test(old) && !pattern.test(now);
  if (has(SUBJECTS.timing.checks) && EQUAL.test(now)) return found('timing', SUBJECTS.timing.checks);
  if (has(SCOPED) && UNSCOPED.test(now)) return found('caller', SCOPED);
  const narrow = callsOf(old).find(
    (call) => OF_SOMEBODY.test(call) && callsOf(now).includes(call.replace(OF_SOMEBODY, '$1')),
  );
  if (narrow !== undefined) return found('caller', new RegExp(`\\b${escapeRegExp(narrow)}\\(`));
  const { options } = SUBJECTS.address;
  if (options && has(options) && SENDS_BARE.test(now)) return found('address', options);
  const hidden = /json\s*:\s*"-"/;
  const fieldOf = (text: string): string => /^\s*(\w+)/.exec(text)?.[1] ?? '';
  const shownNow = new Set(added.filter(({ text }) => /json\s*:\s*"\w/.test(text)).map(({ text }) => fieldOf(text)));
  return removed
    .filter(({ text }) => hidden.test(text) && SECRET.test(text) && shownNow.has(fieldOf(text)))
    .map(({ line, text }) => ({ line, subject: 'fields', had: shown(text), name: '', isSure: true }));
}

/** `or field not in ALLOWED_FIELDS`: nothing else is taken. */
const OUT_OF_LIST =
  /^\s*(?:\|\||or\b)\s*(?:[\w.]+\s+not in\s+[\w.]*|!\s*[\w.]*(?=\w*\.(?:includes|has)\())(?:allowed|supported|valid|known|permitted|sortable)/i;
const LETS_PAST = /allowed|allow_?list|white_?list|disabl|bypass|skip|exempt|ignore/i;

type Found = Pick<Gone, 'subject' | 'isSure' | 'isWeaker' | 'isListed'>;

function ofPart(old: string, line: number, lines: readonly string[]): Found | null {
  if (OUT_OF_LIST.test(old)) return { subject: 'input', isSure: true, isListed: true };
  // What lets somebody past a check is none.
  if (LETS_PAST.test(old)) return null;
  const option = listSubjects().find(([, { options }]) => options?.test(old))?.[0];
  if (option === 'caller')
    return isInQuery(line, lines) && !isGivenToClass(old, line, lines) ? { subject: option, isSure: true } : null;
  // Which columns are read is often another's matter.
  if (option !== undefined)
    return {
      subject: option,
      isSure: option !== 'fields' || !/^[\s,]*(?:select|omit|attributes|projection)\s*:\s*(?!false)/.test(old),
    };
  if (!PART.test(old) || isHarmlessBase(old, lines)) return null;
  const subject = subjectOf(old, old);
  return subject === null || subject === 'input'
    ? null
    : { subject, isSure: subject === 'caller' || /^(?:\|\||&&|and|or)/.test(old) };
}

const GUARDS =
  /\braise\b|\babort\(|\b40[13]\b|[fF]orbid|permission_(?:classes|required)|has_\w*perm\w*\(\s*self|\bdef\s+(?:has_|check_|get_queryset|get_object|get_permissions|dispatch|initial|test_func)/;

/** A class of the file from which this one has inherited, and that turns nobody away. */
function isHarmlessBase(old: string, lines: readonly string[]): boolean {
  const [, name] = /^\W*(\w+)\W*$/.exec(old) ?? [];
  const first = name === undefined ? -1 : lines.findIndex((one) => new RegExp(`^class\\s+${name}\\b`).test(one));
  if (first < 0) return false;
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((one) => /^\S/.test(one) && !/^[)\]#]/.test(one));
  return !GUARDS.test(rest.slice(0, end < 0 ? rest.length : end).join('\n'));
}

/** Whoever comes. */
const FOR_ALL =
  /^(?:\w+\.)?(?:AllowAny|AllowAll|Permit_?All|permit_?all|allow_?any(?:one|body)?|IsAnyone|Everyone|NoAuth\w*)$/;

function ofName(old: string, now: string, text: string): Found | null {
  if (!/^[\w$.]+$/.test(now) || !/^[\w$]+$/.test(old)) return null;
  if (FOR_ALL.test(now) && !FOR_ALL.test(old) && /perm|polic|guard|auth/i.test(text))
    return { subject: 'caller', isSure: true };
  const isBare = plain(old.replace(CAREFUL, '')) === plain(lastPart(now));
  if (CAREFUL.test(old) && isBare) return { subject: SENDS.test(now) ? 'address' : 'input', isSure: true };
  const [was, is] = [rankOf(old), rankOf(now)];
  const { checks } = SUBJECTS.caller;
  // `checkBoardWriteAccess` that became `checkBoardAccess`
  if (checks.test(old) && old !== now && plain(old.replace(MORE, '')) === plain(now))
    return { subject: 'caller', isSure: true, isWeaker: true };
  return checks.test(old) && checks.test(now) && was > is && is >= 0 ? { subject: 'caller', isSure: true } : null;
}

const ASKS_RIGHT = /perm(?:ission|it|s\b|_)|authori[sz]|allow|access|scope|\b(?:can|has|check|require|enforce)\w*\(/i;
const TO_CHANGE = /^(?:delete|remove|destroy|write|update|edit|manage|create|modify|publish|admin)$/;
const TO_READ = /^(?:read|view|list|get|viewer|guest)$/;

/** `can(user, modules.Policies, operations.Delete)` that became `can(user, modules.Routes, operations.Read)` */
function ofRight(old: string, now: string, text: string): Found | null {
  if (!ASKS_RIGHT.test(text)) return null;
  const [was, is] = [wordsOf(old), wordsOf(now)];
  const isLess = was.some((word) => TO_CHANGE.test(word)) && is.some((word) => TO_READ.test(word));
  return isLess && !is.some((word) => TO_CHANGE.test(word))
    ? { subject: 'caller', isSure: true, isWeaker: true }
    : null;
}

function plain(name: string): string {
  return name.replace(/_/g, '').toLowerCase();
}

function rankOf(name: string): number {
  return RANKS.findLastIndex((one) => one.test(name));
}

const LINES_TO_QUERY = 8;
const ASKS =
  /\b(?:where|filter\w*|get|find\w*|exclude|exists|update\w*|delete\w*|get_object_or_404|select\w*|eq|and|Where|First|Exec\w*|Get|Query\w*)\s*[({:]|\b(?:SELECT|UPDATE|DELETE|WHERE|select|update|delete|where)\s/;
const DECLARES = /\bdef\s|\bfunction\b|\bfunc\s|=>|\binterface\b|\btype\b|@(?:Args|Param|Body)\b/;

/** `OrderTable(rows, user=request.user)` of Python: a class is made, and no row is looked for. */
function isGivenToClass(old: string, line: number, lines: readonly string[]): boolean {
  if (!/^\W*\w+\s*=(?!=)\s*[\w.]+\W*$/.test(old)) return false;
  const above = lines.slice(Math.max(0, line - LINES_TO_QUERY), line);
  const last = above.pop() ?? '';
  const at = last.indexOf(old.replace(/^[\s,]+|[\s,]+$/g, ''));
  const text = [...above, last.slice(0, Math.max(0, at))].join('\n');
  let depth = 0;
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index] === ')') depth++;
    else if (text[index] === '(' && --depth < 0)
      return /(?<!\w)(?:[A-Z]\w{2,}|\w*(?:table|form|serializer)(?:_class)?)$/.test(text.slice(0, index));
  }
  return false;
}

function isInQuery(line: number, lines: readonly string[]): boolean {
  const above = lines.slice(Math.max(0, line - LINES_TO_QUERY), line);
  return ASKS.test(above.join('\n')) && !DECLARES.test(above.at(-1) ?? '');
}
