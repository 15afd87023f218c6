import type { FunctionForm, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { compiled } from '../data/compiled.ts';
import { type CallModel, LEVEL, ROOTLESS, SEGMENT, TAGLESS } from '../data/models.ts';
import { isHarmlessPattern } from '../guards/harmless-pattern.ts';
import { externalBases } from '../program/class-bases.ts';
import { resolveTypeName } from '../program/types.ts';
import { hasFixedRoute, isWholePath } from '../requests/fixed-route.ts';
import { clearedFor } from '../run/environment.ts';
import { pickArguments, pickAt } from '../run/pick-arguments.ts';
import {
  type Evaluated,
  type Frame,
  type Hit,
  noteTaints,
  type Outcome,
  placeOf,
  type Run,
  sourceOf,
  symbolOf,
} from '../run/run.ts';
import { saysAround, saysBeside } from '../uses/around-place.ts';
import { saidNames } from '../uses/said-names.ts';
import { fieldsOfKey } from '../values/field-taint.ts';
import { formattedFrom } from '../values/format-value.ts';
import { textsOf } from '../values/one-of.ts';
import { beginsPath, leavesFolder } from '../values/segment.ts';
import type { Hole, Home, Taint, Value } from '../values/value.ts';
import { skeletonOf } from '../values/value-key.ts';
import { ADDRESS, constantText, flatValue, OF_OPERATOR, taintsOf, textOf } from '../values/values.ts';
import { isBetweenTags } from './pasted.ts';
import { whereSent } from './where-sent.ts';
import { wordsBefore } from './words-before.ts';

/** Notes what others decide and comes to a sink by this call. */
export function reportCall(
  run: Run,
  frame: Frame,
  one: Evaluated,
  exact: CallModel | null,
  any: CallModel | null,
): void {
  for (const sink of exact?.sinks.length ? exact.sinks : (any?.sinks ?? [])) {
    if (!holdsWhen(one, sink.when, undefined, { some: true })) continue;
    if (sink.receiver !== undefined && !compiled(`^(?:${sink.receiver})$`).test(nameOfReceiver(frame, one))) continue;
    if (Object.entries(sink.unless).some(([pick, pattern]) => holdsWhen(one, { [pick]: pattern }, run))) continue;
    if (sink.kind === 'url' && (goesByFilter(one) || dialsWithCare(frame.closure.home))) continue;
    if (sink.kind === 'regex' && isHarmlessPattern(frame, one)) continue;
    if (sink.givenObject !== undefined && !givesObject(one, sink.givenObject)) continue;
    if (sink.unlessThen !== undefined && goesOn(frame, one, sink.unlessThen)) continue;
    const { home } = frame.closure;
    if (sink.ifAround !== undefined && !saysAround(home, one.call.span, sink.ifAround)) continue;
    if (sink.unlessBehind !== undefined && saysBeside(home, one.call.span, 'behind', sink.unlessBehind)) continue;
    const sent = sink.sentBy === undefined ? null : whereSent(home, one.call.span, sink.sentBy);
    for (const pick of [sink.argument].flat())
      for (const { value, span } of pickArguments(one, pick)) {
        // A dict or a list is written as its `repr`.
        if (sink.kind === 'log' && (value.entries || isQuoted(one, value))) continue;
        const given = sink.format ? [formatted(run, frame, one, Number(pick), sink.format)] : partsOf(sink, value);
        for (const part of given) {
          if (sink.looks !== undefined && !compiled(sink.looks, 'i').test(skeletonOf(flatValue(withoutFixed(part)))))
            continue;
          if (sink.sniffed && !beginsAsHtml(frame, one, part)) continue;
          report(run, frame, part, {
            kind: sink.kind,
            sink: sent?.text ?? sourceOf(home, one.call.of.span, 60),
            fix: sink.fix ?? null,
            ...(sink.as !== undefined && { as: sink.as }),
            fragment: sink.fragment,
            ...(sink.kind === 'option' && { before: wordsBefore(one, part) }),
            files: sink.files,
            sources: sink.sources ?? null,
            call: sent?.span ?? one.call.span,
            argument: span,
          });
        }
      }
  }
}

/** What it is, or as it is written where nothing is known of it. */
function nameOfReceiver({ closure: { home } }: Frame, { call, receiver }: Evaluated): string {
  if (receiver === null) return '';
  return receiver.name ?? (call.of.kind === 'field' ? sourceOf(home, call.of.of.span, 200) : '');
}

/** What is one of a few constants, or a number, stands there as a text: `f"{package}.{name}"` does not begin with what others decide. */
function withoutFixed(value: Value): Value {
  if (value.entries || value.pieces.length < 2) return value;
  const pieces = value.pieces.map((piece) =>
    piece.kind === 'hole' && piece.fixed ? ({ kind: 'text', text: 'x' } as const) : piece,
  );
  return { ...value, pieces };
}

/** From a text, a number or a list of such no name leads to what the program holds. */
function givesObject({ args }: Evaluated, names: string): boolean {
  const named = compiled(`^(?:${names})$`);
  const leadsOn = ({ of, functions, name, namespace, entries }: Value, depth = 0): boolean =>
    of !== null ||
    (name !== null && named.test(name)) ||
    functions.length > 0 ||
    namespace !== null ||
    (depth < 2 && [...(entries?.values() ?? [])].some((value) => leadsOn(value, depth + 1)));
  return [...args.list, ...args.named.values()].some((value) => leadsOn(value));
}

/** `Markup(text).unescape()` */
function goesOn({ closure: { home } }: Frame, { call }: Evaluated, method: string): boolean {
  const [, end] = call.span;
  return compiled(`^\\s*\\.(?:${method})\\(`).test(home.text.slice(end, end + 80));
}

const AGENTS = /^(?:agent|httpAgent|httpsAgent|http|https|dispatcher|lookup|dnsLookup)$/;
/** `ssrf-req-filter`, `request-filtering-agent`, `safeAgent`, `blockPrivateNetwork`. */
const FILTERS = /ssrf|filter|private|guard|(?:^|[^a-z])safe|Safe|restrict|allow_?list|egress|sandbox|public_?only/i;

/** The connections are opened by something that refuses addresses of one's own network: an agent, or a `lookup` of the program. */
function goesByFilter({ args, receiver }: Evaluated): boolean {
  const says = (value: Value): boolean =>
    [value.name ?? '', ...value.pieces.flatMap((piece) => (piece.kind === 'hole' ? [piece.name] : []))].some((name) =>
      FILTERS.test(name),
    );
  const filters = (value: Value, depth = 0): boolean =>
    [...(value.entries ?? [])].some(
      ([key, one]) =>
        (AGENTS.test(key) && (says(one) || one.functions.length > 0)) || (depth < 2 && filters(one, depth + 1)),
    );
  return [...args.list, ...args.named.values(), ...(receiver ? [receiver] : [])].some((value) => filters(value));
}

/** The file itself says which addresses its client does not connect to: `ip.IsPrivate()`, a transport that refuses them. */
const REFUSES_OWN_NET = /\bssrf|\bsafe_?(?:http|url|dial|transport|client)|\bIsPrivate\b|\bIsLoopback\b/i;

/** What a client of Go connects to is decided by its transport, which stands beside the request and not in it. */
const dialsWithCare = memo(
  (home: Home): boolean => home.module.language === 'go' && REFUSES_OWN_NET.test(saidNames(home)),
);

function partsOf({ fields, items }: CallModel['sinks'][number], value: Value): readonly Value[] {
  if (items?.includes('all')) return [...(value.entries?.values() ?? [value])];
  if (items) return items.flatMap((item) => value.entries?.get(item) ?? ofPair(value, item));
  if (!fields || (!value.entries && !fields.some((field) => field.includes('.')))) return [value];
  return fields.flatMap((field) => fieldsAt(value, field.split('.')));
}

/** `bson.D{{"$where", code}}`, `bson.D{{Key: "$where", Value: code}}`: a list of pairs. */
function ofPair({ entries }: Value, item: string): readonly Value[] {
  return [...(entries?.values() ?? [])].flatMap((one) => {
    const pair = pairOf(one);
    return pair && constantText(pair.key) === item ? [pair.value] : [];
  });
}

function pairOf({ entries }: Value): { key: Value; value: Value } | null {
  const [key, value] = entries?.has('0')
    ? [entries.get('0'), entries.get('1')]
    : [entries?.get('Key'), entries?.get('Value')];
  return key && value ? { key, value } : null;
}

/** `*`: each field; `*.$regex`: that field of each. Of a list of pairs their values are fields as well. */
function fieldsAt(of: Value, [field = '', ...rest]: readonly string[]): readonly Value[] {
  const { entries } = of;
  if (!entries) return [];
  const own =
    field === '*'
      ? [...entries.values()].flatMap((one) => (rest.length === 0 ? [one] : [one, pairOf(one)?.value ?? []].flat()))
      : [entries.get(field) ?? entries.get('*') ?? ofPair(of, field)].flat();
  return rest.length === 0 ? own : own.flatMap((one) => fieldsAt(one, rest));
}

function formatted(run: Run, frame: Frame, one: Evaluated, first: number, format: 'percent' | 'texts'): Value {
  return formattedFrom(one, first, format, placeOf(frame.closure.home, one.call.span), run.labelOf('log'));
}

/** What a document is called that is no page: `rss, err := feed.ToRss()`. */
const OTHER_FORMAT =
  /^(?:rss|atom|feed|xml|json|csv|ya?ml|toml|ical|ics|sitemap|manifest|opml)(?:_?(?:data|text|bytes|body|out))?$/i;

/**
 * What net/http takes for HTML begins with a tag; that of a part of a page is the page's, which its function writes as well. Only
 * where the function itself has the answer as a parameter: a writer in a field has its type from elsewhere.
 */
function beginsAsHtml({ closure: { home, form } }: Frame, { call }: Evaluated, { pieces }: Value): boolean {
  const writer = call.of.kind === 'field' && call.of.name.startsWith('Write') ? call.of.of : call.arguments[0]?.value;
  if (writer?.kind === 'field' && writer.name !== 'Writer') return false;
  if (form.parameters.some(({ type }) => type?.kind === 'named' && type.name === 'io.Writer')) return false;
  const [first, ...rest] = pieces;
  if (first?.kind === 'hole' && OTHER_FORMAT.test(first.name)) return false;
  // What begins with something of our own is what that is.
  const isOpen = first?.kind !== 'text' && (rest.length === 0 || first?.fixed || (first?.taints.length ?? 0) > 0);
  if (isOpen || (first?.kind === 'text' && /^\s*</.test(first.text))) return true;
  return /["'`]\s*<(?:!doctype|html|body|head|div|h\d|p|ul|table|form)\b|text\/html/i.test(
    home.text.slice(...form.span),
  );
}

/** `logger.info('%r of %d', name, size)`: what its template prints in quotes, or as a number, begins no line. */
function isQuoted({ args }: Evaluated, value: Value): boolean {
  const index = args.list.indexOf(value) - 1;
  const template = index < 0 ? null : constantText(args.list[0] as Value);
  const verbs = template?.match(/%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]/g);
  return verbs?.[index] !== undefined && /[rqdiufFeEgGxXoc]$/.test(verbs[index] ?? '');
}

/** Whether constant arguments are as a model wants them; in texts upper and lower case are the same (the names of headers). */
export function holdsWhen(
  one: Evaluated,
  when: Readonly<Record<string, string>>,
  run?: Run,
  { each = false, some = false }: { each?: boolean; some?: boolean } = {},
): boolean {
  const holds = (value: Value, pattern: string): boolean => {
    // `isinstance(x, (int, float))`: it is one of them.
    if (each && value.entries && value.entries.size > 0)
      return [...value.entries.values()].every((item) => holds(item, pattern));
    const whole = compiled(`^(?:${pattern})$`);
    if (value.constant !== undefined) return whole.test(String(value.constant));
    if (value.name !== null && whole.test(value.name)) return true;
    // A class of the program is what it extends.
    const bases = run && value.of && !value.of.instance ? externalBases(run, value.of.class) : [];
    if (bases.some((base) => whole.test(base))) return true;
    // One of a few constants: `sh` on one way and `cmd.exe` on the other.
    const texts = textsOf(value);
    if (texts.length > 1) return texts[some ? 'some' : 'every']((text) => compiled(whole.source, 'i').test(text));
    return compiled(whole.source, 'i').test(textOf(value).replaceAll('\0', '\uE000'));
  };
  return Object.entries(when).every(([pick, pattern]) => {
    const [found] = pickAt(one, pick);
    return found !== undefined && holds(found.value, pattern);
  });
}

export interface Sink {
  kind: string;
  /** Where a view writes the value. */
  shown?: NonNullable<Hit['shown']>;
  sink: string;
  fix: string | null;
  as?: string;
  fragment: boolean;
  /** The words of a command before it. */
  before?: string;
  /** It refuses folders. */
  files?: boolean;
  /** Only these kinds of source matter there. */
  sources?: readonly string[] | null;
  call: Span;
  argument: Span;
}

const MOST_REACHED = 5000;
/** Sinks at which the server matters. */
const HOSTS = /^(?:url|redirect)$/;

/** What stands behind the path of an address, with its `?` or `#`: `new URL(request.url).search`. */
const isBehindPath = ({ key }: Taint): boolean => /^(?:search|hash)$/.test(fieldsOfKey(key).at(-1) ?? '');

export function report(run: Run, frame: Frame, value: Value, sink: Sink): void {
  const { home } = frame.closure;
  const note = (outcome: Outcome): void => {
    if (run.reached.length > MOST_REACHED * run.files) return;
    const text = sourceOf(home, sink.argument, 60);
    run.reached.push({ kind: sink.kind, sink: sink.sink, place: placeOf(home, sink.call), text, outcome });
  };
  if (taintsOf(value).length === 0) return note('inside');
  if (sink.kind === 'html' && saysNoHtml(run, frame, sink.call)) return note('harmless');
  const label = run.labelOf(sink.kind);
  const matched = sink.kind === 'redirect' && hasFixedRoute(home, sink.call);
  const flat = flatValue(value);
  // A whole command or statement that the operator gives is his.
  const isWhole = flat.pieces.length === 1;
  const holds = (taint: Taint): boolean =>
    !(isWhole && OF_OPERATOR.has(taint.kind)) &&
    !(taint.kind === 'model' && isHandedOver(value)) &&
    (taint.kind === 'parameter' || (sink.sources?.includes(taint.kind) ?? true)) &&
    (taint.safe & label) === 0 &&
    (clearedFor(frame.env, taint.key) & label) === 0;
  // An object, or a list of Go, is no text of a statement: its values are bound.
  const isText =
    (value.type === null || !isRecord(run, value.type)) &&
    (!value.entries ||
      (home.module.language !== 'go' && [...value.entries.keys()].every((key) => /^(?:\d+|\*)$/.test(key))));
  const judged = sink.fragment
    ? flat.pieces.filter((piece): piece is Hole => isText && piece.kind === 'hole')
    : run.judge(sink.kind, value, sink.before);
  if (judged.length === 0) return note('harmless');
  const isKnown = ({ taints }: Hole, said: string, kind = 'path'): boolean =>
    sink.kind === kind &&
    taints.every(({ safe, key }) => ((safe | clearedFor(frame.env, key)) & run.labelOf(said)) !== 0);
  const isSegment = (hole: Hole): boolean => isKnown(hole, SEGMENT);
  const staysInside = (hole: Hole): boolean =>
    isKnown(hole, LEVEL) && (!beginsPath(flat.pieces, hole) || isKnown(hole, ROOTLESS));
  const dangerous = judged
    .map((hole): Hole => ({ ...hole, taints: hole.taints.filter(holds) }))
    .filter((hole) => !matched || !hole.taints.every((taint) => isWholePath(hole, taint)))
    .filter((hole) => hole.taints.length > 0 && !hole.fixed)
    .filter((hole) => !staysInside(hole))
    .filter((hole) => !isKnown(hole, TAGLESS, 'html') || !isBetweenTags(flat, hole))
    .filter((hole) => !isSegment(hole) || leavesFolder(flat.pieces, hole, sink.files ?? false));
  if (dangerous.length === 0) return note('safe');
  // `https://${req.hostname}${req.originalUrl}`: the second begins with `/`, and ends the name of the server.
  const decides = judged[0]?.taints.some((taint) => holds(taint) && !isBehindPath(taint)) ?? false;
  if (
    HOSTS.test(sink.kind) &&
    !decides &&
    dangerous.every(({ taints }) => taints.every(({ says }) => says === ADDRESS))
  )
    return note('safe');
  noteTaints(
    run,
    dangerous.flatMap((hole) => hole.taints),
  );
  const outside = dangerous
    .map((hole) => ({ ...hole, taints: hole.taints.filter((taint) => taint.kind !== 'parameter') }))
    .filter((hole) => hole.taints.length > 0);
  const isFound = outside.length > 0;
  note(isFound ? 'found' : 'callers');
  const hits = isFound ? run.hits : run.suspects;
  if (hits.length > MOST_REACHED * run.files) return;
  hits.push({
    kind: sink.kind,
    sink: sink.sink,
    fix: sink.fix,
    place: placeOf(home, sink.call),
    argument: placeOf(home, sink.argument),
    value: flat,
    holes: isFound ? outside : dangerous,
    home,
    symbol: symbolOf(frame),
    begun: run.begun,
    ...(dangerous.every(isSegment) && { segment: true }),
    ...(sink.sources && { ofSome: true }),
    ...(sink.as !== undefined && { as: sink.as }),
    ...(sink.shown && { shown: sink.shown }),
  });
}

/** `exec(command)`, `spawn('sh', ['-c', command])`: a tool that runs what a model writes is there for that. */
function isHandedOver({ entries, pieces }: Value): boolean {
  const all = entries ? [...entries.values()].filter((one) => taintsOf(one).length > 0) : [{ pieces }];
  return all.every((one) => one.pieces.length === 1);
}

function isRecord(run: Run, { type, home }: NonNullable<Value['type']>): boolean {
  if (type.kind !== 'named') return type.kind === 'record';
  const found = resolveTypeName(run, home, type.name);
  return found.kind === 'type' && found.form.type.kind === 'record';
}

/** The answer itself, the function, or one that has called it, sets a content type that no browser reads as HTML. */
function saysNoHtml(run: Run, { closure: { home, form }, open }: Frame, call: Span): boolean {
  const said = home.text.slice(...call);
  if (TYPE.test(said)) return !HTML.test(said);
  // `HttpResponse(a)` is made with its type; what `response.write(a)` fills may have got it before.
  const isMade = home.module.language === 'python' && /^(?:\w+\.)*(?:[A-Z]\w*|make_response)\(/.test(said);
  if (typesSaid(home)(form)[isMade ? 'set' : 'any']) return true;
  return open.some((one) => {
    const other = one === form ? undefined : homeOf(run, one);
    return other !== undefined && typesSaid(other)(one).any;
  });
}

const TYPE = /content[-_]?type|mimetype|media_type/i;
const HTML = /html/i;
/** `response.content_type = …`, `headers["Content-Type"] = …`; an argument of another answer says nothing, nor does a name. */
const SET = /[.'"](?:content[-_]?type|mimetype|media_type)\b/i;

/** Whether a function speaks of a type and not of HTML: `any` of its answers, or what is `set` for all of them. */
const typesSaid = memo((home: Home) =>
  memo((form: FunctionForm) => {
    const own = home.text.slice(...form.span);
    const any = TYPE.test(own) && !HTML.test(own);
    return { any, set: any && SET.test(own) };
  }),
);

function homeOf({ program: { homes } }: Run, form: FunctionForm): Home | undefined {
  return homes.find(({ module }) => module.functions[form.id] === form);
}
