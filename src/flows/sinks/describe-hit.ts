import { clipSnippet, fillTemplate, inlineCode, quoteLines } from '../../findings/evidence.ts';
import type { RawFinding, Severity } from '../../findings/finding.ts';
import { SEVERITIES } from '../../findings/severities.ts';
import { compiled } from '../data/compiled.ts';
import { type FlowClass, textIn } from '../data/flow-class.ts';
import { SEGMENT } from '../data/models.ts';
import { severityOfAddress } from '../requests/address.ts';
import { type Entry, entryOf } from '../requests/entry.ts';
import { isForAdmins, isOneSegment, isPlainPart, lowerForAdmins } from '../requests/reach.ts';
import { isClosedArgument } from '../run/closed-argument.ts';
import type { Hit } from '../run/run.ts';
import { fieldsOfKey } from '../values/field-taint.ts';
import type { Hole, Home, Place, Step, Taint, Value } from '../values/value.ts';
import { taintsOf } from '../values/values.ts';
import { isDirect } from './is-direct.ts';
import { isDoubted } from './is-doubted.ts';
import { lineAt } from './line-at.ts';
import { partOfPath } from './part-of-path.ts';
import { chooseFix, listPasted, type Pasted } from './pasted.ts';

/** The same value at the same place: of its taints some may be left out. */
export function isSameHole(a: Hole, b: Hole): boolean {
  return a.name === b.name && a.place?.span[0] === b.place?.span[0];
}

const MOST_LINES = 8;
const MOST_NAMED = 6;

/**
 * A hit as a finding of a file that is asked about: where the sink is, or else where the way to it leaves such a file. Null: the
 * class does not count this kind of source, or the way goes through none of the files. `entry`: where the way begins, if that is
 * something that a person can send.
 */
export function describeHit(
  whole: Hit,
  one: FlowClass,
  homes: ReadonlyMap<string, Home>,
  asked: ReadonlySet<string>,
): { finding: RawFinding; entry: Entry | null } | null {
  const hit = asked.has(whole.place.path) ? whole : leave(whole, homes, asked);
  if (!hit) return null;
  const counted = hit.holes
    .map((hole) => ({ hole, taint: hole.taints.find((taint) => Object.hasOwn(one.severity, taint.kind)) }))
    .filter((each): each is { hole: Hit['holes'][number]; taint: Taint } => each.taint !== undefined)
    .filter(({ taint }) => !isClosedArgument(taint, homes));
  const [first, ...others] = counted;
  const full = first && one.severity[first.taint.kind];
  if (!first || !full) return null;
  const [origin] = first.taint.steps;
  const entered = origin && homes.get(origin.path);
  const { senders } = whole;
  const isForFew =
    senders === 'admins' || (origin !== undefined && entered !== undefined && isForAdmins(entered, origin.span));
  const isSegment =
    whole.segment === true ||
    (one.kind === 'path' && origin !== undefined && entered !== undefined && isOneSegment(entered, origin));
  const isPart =
    one.kind === 'redirect' &&
    !isServer(whole.value) &&
    origin !== undefined &&
    entered !== undefined &&
    isPlainPart(entered, first.taint);
  const reached = isForFew || senders === 'signed' ? lowerForAdmins(full) : senders === 'few' ? lowered(full) : full;
  const isWorst = one.worst === undefined || namesOf(whole).some((said) => compiled(one.worst ?? '', 'i').test(said));
  const special = hit.as === undefined ? undefined : one.instead[hit.as];
  const named = isWorst && !special ? reached : lowered(reached);
  const addressed = entered ? severityOfAddress(named, whole, first.taint, entered) : named;
  const severity = isSegment || senders === 'forms' ? 'low' : addressed;
  const said = (isSegment ? one.instead[SEGMENT] : one.instead[first.taint.kind]) ?? special ?? one;
  const { home } = hit;
  const { startLine, endLine, text } = choosePlace(hit, first.hole.place);
  const spoken =
    (first.hole.place ?? origin)?.path === home.path && first.hole.name !== '{…}' && first.hole.name !== '…';
  const spokenOf = spoken ? first.hole.name : hit === whole ? textAt(home, hit.argument) : nameOf(first.taint);
  const name = inlineCode(spokenOf);
  const values = {
    NAME: name,
    ORIGIN: describeOrigin(first.taint, home.path, homes),
    SINK: hit === whole ? inlineCode(hit.sink) : hit.sink,
  };
  const pasted = listPasted(hit.value);
  const texts = chooseFix(
    one,
    pasted.find(({ hole }) => isSameHole(hole, first.hole)),
    whole.sink,
  );
  const fix = textIn(texts, home.module.language);
  const { argument, place } = whole;
  const isBefore = argument.path === place.path && argument.span[1] <= place.span[0];
  const trace = [
    ...first.taint.steps,
    // It is put into what is sent later.
    ...(isBefore ? [{ ...argument, text: textAt(whole.home, argument) }] : []),
    { ...place, text: `${whole.sink}(…)` },
  ];
  const way = [...first.taint.steps, argument, place];
  const { shown } = whole;
  const finding: RawFinding = {
    ruleId: one.id,
    principle: one.principle,
    cwe: one.cwe,
    severity,
    confidence:
      isMeantPerhaps(whole, first.taint, isForFew, isSegment || isPart) ||
      (addressed === 'low' && named !== 'low') ||
      isDoubted(whole.kind, way, homes) ||
      counted.every(({ taint }) => taint.unseen) ||
      (one.near && way.some(({ path }) => path !== place.path))
        ? 'low'
        : one.confidence,
    path: home.path,
    startLine,
    endLine,
    title: fillTemplate(said.title, values),
    explanation: `${fillTemplate(said.explanation, values)}${nameOthers(
      others.map(({ hole }) => hole.name),
      name,
    )}${isForFew ? ' Only administrators can send it.' : ''}${senders === 'signed' ? ' The body is signed: only who holds the key can send it.' : ''}${senders === 'forms' || (senders === 'few' && one.kind === 'html') ? ' A form of another site must send it: where bodies are read as JSON alone, none can.' : ''}${describeShown(hit)}`,
    fix: fillTemplate(
      hit.fix ?? fix,
      one.kind === 'path' ? { ...values, NAME: inlineCode(partOfPath(spokenOf, home, hit.argument)) } : values,
    ),
    ...(one.elsewhere && { elsewhere: [...one.elsewhere] }),
    evidence: quoteLines(home.written, startLine, endLine),
    snippet: clipSnippet(text),
    phrases: one.phrases,
    suggestion: null,
    source: 'data-flow',
    symbol: hit.symbol,
    trace: [...listSteps(trace, home, homes), ...(shown ? [{ path: shown.path, line: shown.line, text: '…' }] : [])],
    why: one.why.trim(),
    falseAlarm: one.falseAlarm.trim(),
    references: one.references,
    ...(one.dangerous === 'statement' && { pasted: listNamed(pasted, hit, name, startLine) }),
    ...(one.confidence === 'low' && { once: 'package' }),
    ...(isDirect(first.taint, way, home) && { certain: true as const }),
  };
  return { finding, entry: entryOf(whole, first.taint, first.hole, homes) };
}

const SHOWN = {
  raw: 'as it is',
  script: 'into a script, where the escapes of HTML do not help',
  handler: 'into a handler of an element, where a browser undoes the escapes first',
  unquoted: 'into an attribute without quotes, which a space ends',
};

function describeShown({ shown }: Hit): string {
  return shown
    ? ` Line ${shown.line} of \`${inlineCode(shown.path)}\` writes it ${SHOWN[shown.how]}: \`${inlineCode(shown.text)}\`.`
    : '';
}

/** Every value in the text that is not known, the one that is spoken of first; `line`: where it is written, in this file. */
function listNamed(
  pasted: readonly Pasted[],
  { home, holes }: Hit,
  name: string,
  line: number,
): { name: string; line: number }[] {
  const [first] = holes;
  const others = pasted.flatMap(({ hole }) =>
    hole.fixed || hole.name === '…' || (first && isSameHole(hole, first))
      ? []
      : { name: inlineCode(hole.name), line: hole.place?.path === home.path ? lineAt(home, hole.place.span[0]) : line },
  );
  const own = first?.place?.path === home.path ? lineAt(home, first.place.span[0]) : line;
  return [{ name, line: own }, ...others];
}

/** Through these whoever sends it takes more than an administrator has. */
const BEYOND = new Set(['sql', 'shell', 'nosql']);

/**
 * Only a reader decides whether it is meant so: an administrator or the operator chooses files, servers and code, a page of another
 * site would have to send a form, a schema stands before the handler, or `..` alone leads one folder up; an API that takes a pattern
 * by this name, and a part of an address, in which frameworks of Python leave no slash unless its route says so.
 */
function isMeantPerhaps({ kind, senders }: Hit, taint: Taint, few: boolean, segment: boolean): boolean {
  return (
    ((few || senders === 'signed') && !BEYOND.has(kind)) ||
    segment ||
    senders === 'forms' ||
    senders === 'checked' ||
    taint.kind === 'argument' ||
    taint.kind === 'environment' ||
    (kind === 'regex' && /\b(?:reg_?exp?|pattern)\W*$/i.test(taint.asked ?? taint.key))
  );
}

/** What is asked, and by which call; `*`: all of the filter is the caller's. */
function namesOf({ sink, holes, value }: Hit): string[] {
  const keys = keysOf(value);
  const names = holes.map(({ name }) => name);
  const isWhole = (name: string, { whole }: Taint): boolean =>
    whole || (value.entries === null && !/id\W*$/i.test(name));
  const all = holes.some(({ name, taints }) => taints.some((taint) => isWhole(name, taint)));
  return [sink, ...names, ...keys, ...(all ? ['*'] : [])];
}

const MOST_DEPTH = 3;

/** Under which somebody else's value stands. */
function keysOf({ entries }: Value, depth = MOST_DEPTH): string[] {
  if (!entries || depth === 0) return [];
  return [...entries].flatMap(([key, one]) => (taintsOf(one).length > 0 ? [key, ...keysOf(one, depth - 1)] : []));
}

function lowered(severity: Severity): Severity {
  return SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? severity;
}

/** The source with the fields that were read of it: `req.query` and `name` is `req.query.name`. */
function nameOf({ key, steps }: Taint): string {
  const fields = fieldsOfKey(key);
  return `${steps[0]?.text ?? ''}${fields.map((field) => (field === '*' ? '[…]' : `.${field}`)).join('')}`;
}

/** `https://` and a value: that needs no slash of its own to lead to another server. */
function isServer({ pieces: [first] }: Value): boolean {
  return first?.kind === 'text' && /^(?:\w+:)?\/\/[^/]*$/.test(first.text);
}

/** The last step in a file that is asked about: the call that hands the value on. */
function leave(hit: Hit, homes: ReadonlyMap<string, Home>, asked: ReadonlySet<string>): Hit | null {
  const steps = hit.holes.flatMap((hole) => hole.taints.flatMap((taint) => taint.steps));
  const step = steps.findLast(({ path }) => asked.has(path));
  const home = step && homes.get(step.path);
  if (!home) return null;
  const { path, span } = step;
  // Inside of a text's backticks.
  const sink = `${hit.sink}\` of \`${hit.place.path}`;
  return {
    ...hit,
    home,
    place: { path, span },
    argument: { path, span },
    value: { ...hit.value, built: null },
    sink,
    symbol: '',
  };
}

function textAt(home: Home, { span: [start, end] }: Place): string {
  return home.text.slice(start, end);
}

/** Where the text is put together, if that is in the same file: that is where it is fixed. */
function choosePlace(hit: Hit, hole: Place | null): { startLine: number; endLine: number; text: string } {
  const { home, value, place } = hit;
  const built = value.built && value.built.path === home.path ? value.built : null;
  const inside = built !== null && built.span[0] >= place.span[0] && built.span[1] <= place.span[1];
  const whole = built && !inside ? built.span : place.span;
  const startLine = lineAt(home, built && !inside ? whole[0] : startOfName(hit));
  const used = lineAt(home, startOfName(hit));
  // What stands behind the text in the call, its other arguments, is right.
  const last = lineAt(home, inside ? built.span[1] : whole[1]);
  const endLine = used > last && used - startLine < MOST_LINES ? used : last;
  if (endLine - startLine < MOST_LINES) return { startLine, endLine, text: home.text.slice(...whole) };
  const line = lineAt(home, hole && hole.path === home.path ? hole.span[0] : hit.argument.span[0]);
  return { startLine: line, endLine: line, text: home.text.slice(...whole) };
}

/** In a chain of calls the last name of what is called, not the head of the chain. */
function startOfName({ home, place, argument, sink }: Hit): number {
  const head = home.text.slice(place.span[0], argument.span[0]);
  const last = /[\w$]+\W*$/.exec(sink)?.[0] ?? sink;
  const at = head.lastIndexOf(last);
  return at < 0 ? place.span[0] : place.span[0] + at;
}

/** "the query of the request, line 11", or with its file where that is another one. */
function describeOrigin({ says, steps }: Taint, path: string, homes: ReadonlyMap<string, Home>): string {
  const [origin] = steps;
  const home = origin && homes.get(origin.path);
  if (!origin || !home) return says;
  const line = lineAt(home, origin.span[0]);
  return origin.path === path ? `${says}, line ${line}` : `${says}, ${origin.path}:${line}`;
}

function listSteps(steps: readonly Step[], home: Home, homes: ReadonlyMap<string, Home>): RawFinding['trace'] {
  const listed = steps.flatMap(({ path, span, text }) => {
    const own = homes.get(path);
    if (!own) return [];
    // The texts of other files were not searched for credentials.
    const shown = path === home.path ? inlineCode(text) : /^[\w$.]{1,60}\(…\)$/.test(text) ? text : '…';
    return [{ line: lineAt(own, span[0]), text: shown, ...(path !== home.path && { path }) }];
  });
  return listed.filter(
    (step, index) => listed.findIndex((other) => other.line === step.line && other.text === step.text) === index,
  );
}

function nameOthers(names: readonly string[], first: string): string {
  const others = [...new Set(names.map(inlineCode))].filter((name) => name !== first).slice(0, MOST_NAMED);
  return others.length === 0 ? '' : ` The same is true of ${others.map((name) => `\`${name}\``).join(', ')}.`;
}
