import { calledName } from '../../languages/called-name.ts';
import type { Expression } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { ALL, LEVEL, ROOTLESS } from '../data/models.ts';
import { readMade } from '../run/environment.ts';
import { itemOf } from '../run/fields.ts';
import { lookAt } from '../run/look-at.ts';
import { type Call, type Evaluated, type Frame, modelsOf, type Run, sourceOf } from '../run/run.ts';
import { holdsWhen } from '../sinks/sinks.ts';
import { clear, isListOfOurs, isOurs } from '../values/clear.ts';
import { textsOf } from '../values/one-of.ts';
import { clearShape } from '../values/schema-result.ts';
import type { Closure, Home, Value } from '../values/value.ts';
import { constantText, strangersOf, taintsOf } from '../values/values.ts';
import { labelsOfRefused } from './character-test.ts';
import { listFoundBy } from './found-guard.ts';
import { keysOfLookup } from './keys-of-lookup.ts';
import { patternLabels } from './pattern.ts';
import { type Apply, isIgnored, labelsIn, shownBy, shownOfItems } from './shown-by.ts';
import { COMPARES_CODES, clearSigned } from './signed-guard.ts';

/** Names that projects give to their own checks. A call with such a name counts as a check if its result or its refusal decides. */
export const CHECKS =
  /(?:^|[a-z_.])(?:valid|verif|allow|permit|safe|sane|saniti[sz]e?|whitelist|allowlist|check(?!out|box|sum|point)|assert|ensure(?!_?(?:dir|file|folder|path|link|symlink|exists))|restrict|guard)/i;

const IS_CHECK = /^(?:[Ii]s|[Hh]as|[Cc]an|in)[A-Z_]/;

/** The other way round: what holds for bad values. */
export const REFUSES =
  /(?:^|[a-z_.])(?:unsafe|invalid|bad|forbid|malicious|danger|block|suspicious|illegal|traversal|private|internal)/i;

/** Something was found by these values: each is the key of something that is there. */
export function clearFound(run: Run, frame: Frame, made: Expression): void {
  if (frame.closure.home.module.language !== 'go') {
    for (const { value, labels } of listFoundBy(run, frame, made)) clear(run, frame, value, labels);
    return;
  }
  const labels = run.labelOf('path') | run.labelOf('url') | run.labelOf('redirect');
  for (const key of keysOfLookup(made)) clear(run, frame, run.evaluate({ ...frame, made: [] }, key), labels);
}

/** `handler = HANDLERS.get(x)`, which is not None: the key is one of those that are there. */
export function lookupGuard(run: Run, frame: Frame, call: Call): void {
  const [key] = call.arguments;
  if (call.of.kind !== 'field' || call.of.name !== 'get' || !key || call.arguments.length > 1) return;
  const quiet = { ...frame, made: [] };
  const of = run.evaluate(quiet, call.of.of);
  const made = call.of.of.kind === 'name' ? readMade(frame.env, call.of.of.name) : null;
  const isListed = of.entries !== null && !of.entries.has('*') && of.entries.size > 0;
  if ((isListed || made?.kind === 'each') && strangersOf(of).length === 0)
    clear(run, frame, run.evaluate(quiet, key.value), ALL);
}

/** `Object.prototype.hasOwnProperty.call(table, key)` is `Object.hasOwn(table, key)`. */
function directly(call: Call): Call {
  const { of } = call;
  if (of.kind !== 'field' || of.name !== 'call' || of.of.kind !== 'field' || of.of.name !== 'hasOwnProperty')
    return call;
  return { ...call, of: { ...of, of: of.of.of, name: 'hasOwn' } };
}

/** Asks what a program has stored for what is stored under this name. */
const FINDS =
  /^(?:find(?:One|Unique|First|ById|ByPk|By[A-Z]\w*|OneBy)?|get(?:By[A-Z]\w*|One|OneBy\w*)|load(?:By[A-Z]\w*)|lookup|findAndCount|count|countDocuments|exists)$/;

/** What a stored name cannot be: a way out of a folder, or another server. What else it does was decided by whoever stored it. */
function storedLabels(run: Run): number {
  return run.labelOf('path') | run.labelOf('url') | run.labelOf('redirect');
}

/** They ask the machine or another server, not a store of ours. */
const OF_NO_STORE =
  /^(?:fs|path|os|glob|shutil|pathlib|axios|got|fetch|undici|requests|httpx|urllib3?|https?|net|dns|url|socket)(?:$|[./])/;

/** `if watches.get(key):` of Python: of a dict, what it is called on keeps things by their keys, and asks nobody. */
function isKept(frame: Frame, { of, arguments: given }: Call): boolean {
  if (!isPython(frame) || of.kind !== 'field' || of.name !== 'get' || given.length !== 1) return false;
  const at = of.of.kind === 'index' ? of.of.of : of.of;
  const name = at.kind === 'name' || at.kind === 'field' ? at.name : '';
  return name !== '' && !/client|session|http|api|request|conn|fetch|proxy|service|browser|driver|opener/i.test(name);
}

/**
 * `if (!(await files.findOne({ name }))) throw …`: it is one of the names that the program itself has stored. What the question itself
 * may be harmed by, and what was stored by strangers, is another matter.
 */
function recordGuard(run: Run, frame: Frame, { name, receiver, args }: Evaluated): void {
  const model = name === null ? null : modelsOf(run, frame.closure.home).call(name);
  if (model?.sinks.some(({ kind }) => !kind.endsWith('sql')) || args.list.some(({ functions }) => functions.length > 0))
    return;
  if (!receiver || OF_NO_STORE.test(receiver.name ?? '') || taintsOf(receiver).length > 0) return;
  for (const arg of args.list) clear(run, frame, arg, storedLabels(run));
}

/**
 * @param apply notes what a test in a function of the program shows
 * @param awaited its answer was waited for
 */
export function callGuard(
  run: Run,
  frame: Frame,
  written: Call,
  holds: boolean,
  { apply, awaited }: { apply: Apply; awaited: boolean },
): void {
  const call = directly(written);
  if (holds) {
    lookupGuard(run, frame, call);
    clearFound(run, frame, call);
    if (COMPARES_CODES.test(calledName(call.of)))
      clearSigned(
        run,
        frame,
        call.arguments.map(({ value }) => value),
      );
  }
  const one = lookAt(run, frame, call);
  const { receiver, method, name } = one;
  const args = one.args.list;
  const models = modelsOf(run, frame.closure.home);
  const model = (name === null ? null : models.call(name)) ?? models.call(`*.${method}`);
  const known = model?.guards.filter(({ throws }) => !throws) ?? [];
  for (const { argument, labels, when, refuses } of known) {
    const value = argument === 'receiver' ? receiver : args[Number(argument)];
    if (value && holds !== refuses && holdsWhen(one, when, undefined, { each: true })) clear(run, frame, value, labels);
  }
  if (known.length > 0) return;
  if (itemsGuard(run, frame, one, holds, apply)) return;
  const { functions, shape } = run.evaluate({ ...frame, made: [] }, call.of);
  // `if (!validate(body)) return` of `const validate = ajv.compile(schema)`
  if (shape && args[0]) return holds ? clearShape(run, frame, args[0], shape) : undefined;
  // A promise is true, whatever it will hold.
  if (!awaited && functions.length > 0 && functions.every(isPromise)) return;
  const shown = functions.length > 0 ? shownBy(run, frame, one, holds, apply) : null;
  if (shown) note(frame, shown.labels);
  if (shown?.whole) return;
  // `allowed.includes(x)`, `slices.Contains(allowed, x)`: of a list that nobody else decides.
  if (/^(?:includes|has|contains|Contains|indexOf|index|containsKey|hasOwnProperty|hasOwn)$/.test(method)) {
    const [first, second] = args;
    const whole = receiver && receiver.name === null ? receiver : second ? first : receiver;
    const one = whole === receiver ? first : second;
    // An object's own names: what their values are is another matter.
    if (holds && one && method.startsWith('hasOwn'))
      clear(run, frame, one, run.labelOf('merge') | run.labelOf('property'));
    const isKnownList = whole !== null && whole !== undefined && (whole.name === null || whole.entries !== null);
    if (whole && one && isKnownList && isListOfOurs(whole, one)) {
      const isFilled = whole === receiver && isFilledByCalls(frame, call);
      if (holds) clear(run, frame, one, isFilled ? storedLabels(run) : ALL);
    } else if (whole && one && !holds) refuseText(run, frame, one, whole);
    return;
  }
  // `x.startsWith(base)`: where it is a path or an address of ours.
  if (/^(?:startsWith|startswith|HasPrefix|is_relative_to|pathIsInside)$/.test(method)) {
    const isGiven = method === 'HasPrefix' || method === 'pathIsInside';
    const subject = isGiven ? args[0] : receiver;
    const prefix = isGiven ? args[1] : args[0];
    if (!holds && subject && prefix) refusePrefix(run, frame, call, subject, prefix);
    if (holds && subject && prefix)
      prefixGuard(run, frame, subject, prefix, isGiven ? call.arguments[0]?.value : ofCall(call));
    return;
  }
  // `.example.com` is the end of hosts of ours, `example.com` that of others too. How a path, or a whole address, ends says nothing of
  // where it leads.
  if (method === 'HasSuffix') {
    const [subject, end] = args;
    const tested = call.arguments[0]?.value;
    if (holds && subject && end && isEndOfOurs(end) && isHost(frame, tested)) clearServer(run, frame, subject);
    return;
  }
  if (holds && /^ends[wW]ith$/.test(method) && receiver && args[0] && isHost(frame, ofCall(call), HOST_ALONE)) {
    if (isEndOfOurs(args[0])) clearServer(run, frame, receiver);
    return;
  }
  // `strings.ContainsFunc(x, isBad)`, `strings.IndexFunc(x, isBad) >= 0`
  if (/^(?:Contains|(?:Last)?Index)Func$/.test(method) && args[0] && args[1])
    return holds ? undefined : clear(run, frame, args[0], labelsOfRefused(run, frame, args[1]));
  const labels = patternLabels(run, frame, call, receiver, args, method);
  if (labels) {
    clear(run, frame, labels.value, holds ? labels.labels : labels.refused);
    return;
  }
  if (holds && (FINDS.test(method) || isKept(frame, call))) recordGuard(run, frame, one);
  const spoken = name ?? method;
  const isCheck = REFUSES.test(spoken) ? !holds : holds && (CHECKS.test(spoken) || IS_CHECK.test(method));
  if (isCheck) clearSeen(run, frame, args, functions);
}

/** What begins like that: where it is a path or an address of ours. `tested`: as it is written. */
export function prefixGuard(
  run: Run,
  frame: Frame,
  subject: Value,
  prefix: Value,
  tested: Expression | undefined,
): void {
  if (!isOurs(prefix) || !isPrefix(prefix)) return;
  const path = tested && isAsWritten(frame, tested) ? 0 : run.labelOf('path');
  // `https://example.com` is the beginning of `https://example.com.evil.net`.
  const server = isOpenHost(prefix) ? 0 : run.labelOf('url') | run.labelOf('redirect');
  clear(run, frame, subject, path | server);
}

function ofCall({ of }: Call): Expression | undefined {
  return of.kind === 'field' ? of.of : undefined;
}

/** `names.every((name) => …)`, `names.some((name) => …)`, `all(… for name in names)`. False: it asks nothing of items, or what is not understood. */
function itemsGuard(
  run: Run,
  frame: Frame,
  { call, method, receiver }: Evaluated,
  holds: boolean,
  apply: Apply,
): boolean {
  const [first] = call.arguments;
  const quiet = { ...frame, made: [] };
  if (method === 'all' && receiver === null && first?.value.kind === 'each') {
    const { target, over, where, result } = first.value;
    if (!holds || where.length > 0 || target.kind !== 'name') return false;
    const list = run.evaluate(quiet, over);
    const item = itemOf(list, target.name);
    const names = new Map(frame.env.names).set(target.name, item);
    const env = { ...frame.env, names, cleared: new Map<string, number>() };
    apply(run, { ...quiet, env }, result, true);
    clear(run, frame, list, labelsIn(env.cleared, item));
    return true;
  }
  if (!receiver || !/^(?:every|some)$/.test(method)) return false;
  // Of `some` that does not hold, none of the items does.
  const isOfAll = (method === 'every') === holds;
  const found = shownOfItems(run, frame, call, itemOf(receiver, '…'), holds, apply);
  if (!found || (!isOfAll && !holds)) return false;
  if (isOfAll) clear(run, frame, receiver, found.labels);
  else note(frame, found.shown);
  return true;
}

/** What a check was given and looks at. */
export function clearSeen(run: Run, frame: Frame, args: readonly Value[], functions: readonly Closure[]): void {
  for (const [index, arg] of args.entries()) if (!isIgnored(functions, index)) clear(run, frame, arg, ALL);
}

export function note({ env }: Frame, shown: ReadonlyMap<string, number>): void {
  for (const [key, labels] of shown) env.cleared.set(key, (env.cleared.get(key) ?? 0) | labels);
}

function isPromise({ form: { async }, home }: Closure): boolean {
  return async && home.module.language !== 'go';
}

/**
 * `//host`, `-`, `/`, and `..` at the beginning of what `Rel` has made: the first leads to another server, the next is an option, then
 * the root, the last leads out of the folder.
 */
function refusePrefix(run: Run, frame: Frame, call: Call, subject: Value, prefix: Value): void {
  const text = constantText(prefix) ?? '';
  if (/^[/\\]{2}$/.test(text)) clear(run, frame, subject, run.labelOf('redirect'));
  if (text === '-') clear(run, frame, subject, run.labelOf('option'));
  if (/^[/\\]$/.test(text)) clear(run, frame, subject, run.labelOf(ROOTLESS));
  if (!text.startsWith('..')) return;
  const isGo = frame.closure.home.module.language === 'go';
  const tested = isGo ? call.arguments[0]?.value : call.of.kind === 'field' ? call.of.of : undefined;
  const made = tested?.kind === 'name' ? readMade(frame.env, tested.name) : (tested ?? null);
  const from = made?.kind === 'index' && made.of.kind === 'name' ? readMade(frame.env, made.of.name) : made;
  const maker = from?.kind === 'call' ? calledName(from.of) : '';
  if (RELATES.test(maker)) clear(run, frame, subject, run.labelOf('path'));
  if (SHORTENS.test(maker)) clear(run, frame, subject, run.labelOf(LEVEL));
}

/** After them `..` stands at the beginning of a path, or nowhere; after the first ones a path from the root too. */
const RELATES = /^(?:relative|relpath|relative_to|Rel)$/;
const SHORTENS = /^(?:normalize|normpath|Clean)$/;

/** An address that ends within its host, or one of several that do. */
function isOpenHost(prefix: Value): boolean {
  return textsOf(prefix).some((text) => /^https?:\/\/[^/?#]*$/.test(text));
}

/** A text that was put together, or taken as it came: `..` may still stand behind its prefix. What a call has made may be without. */
export function isAsWritten(frame: Frame, tested: Expression): boolean {
  const named = tested.kind === 'name' ? readMade(frame.env, tested.name) : tested;
  // `p, err := filepath.Abs(x)`
  const isResult = named?.kind === 'index' && named.of.kind === 'name' && named.of.name.startsWith('$');
  const made = isResult && named.of.kind === 'name' ? readMade(frame.env, named.of.name) : named;
  if (made === null) return false;
  const of = made.kind === 'await' || made.kind === 'cast' ? made.of : made;
  if (of.kind !== 'call') return of.kind !== 'name' && of.kind !== 'field';
  const name = calledName(of.of);
  // `str(path)` of a path that was resolved before it is the text of that.
  const [given] = name === 'str' ? of.arguments : [];
  const path = given?.value.kind === 'name' ? readMade(frame.env, given.value.name) : given?.value;
  if (path?.kind === 'call' && /^(?:resolve|realpath|normpath|abspath)$/.test(calledName(path.of))) return false;
  return (
    /^(?:String|str|concat|format|Sprintf|toString|trim|strip)$/.test(name) || (name === 'join' && isPython(frame))
  );
}

function isPython(frame: Frame): boolean {
  return frame.closure.home.module.language === 'python';
}

/** `names.set(x, …)`, `names.add(x)` in the file: what stands in the list was decided while the program ran. */
function isFilledByCalls({ closure: { home } }: Frame, { of }: Call): boolean {
  if (of.kind !== 'field' || of.of.kind !== 'name') return false;
  return namesFilled(home).has(of.of.name);
}

/** What a file fills with values that do not stand in it. */
const FILLS = /(?<![\w$])([\w$]+)\.(?:set|add|push|append|insert|unshift)\((?!\s*['"`\d])/g;
const namesFilled = memo(({ text }: Home) => new Set([...text.matchAll(FILLS)].map(([, name = '']) => name)));

/** `u.Hostname()`, `host`: by what it is called, or made of. */
function isHost(frame: Frame, tested: Expression | undefined, named = /host|domain|server|origin/i): boolean {
  const made = tested?.kind === 'name' ? readMade(frame.env, tested.name) : null;
  const said = [tested, made].map((one) => one && sourceOf(frame.closure.home, one.span)).join(' ');
  return named.test(said);
}

/** `url.hostname`, and no address that has one. */
const HOST_ALONE = /\b(?:host|host_?name|netloc|domain)\b/i;

function isEndOfOurs(end: Value): boolean {
  return isOurs(end) && /^(?:\.|$)/.test(constantText(end) ?? '');
}

function clearServer(run: Run, frame: Frame, subject: Value): void {
  clear(run, frame, subject, run.labelOf('url') | run.labelOf('redirect'));
}

/** A prefix that says something: more than one slash, or than the scheme. */
function isPrefix(prefix: Value): boolean {
  const text = constantText(prefix);
  return text === null || (text.length > 1 && !/^https?:?\/{0,2}$|^\.\.?(?:[/\\]|$)/.test(text));
}

/** `x.includes('..')` where it does not hold: of the two ways out of a folder, up and from the root, the first is closed. */
export function refuseText(run: Run, frame: Frame, needle: Value, value: Value): void {
  const text = constantText(needle);
  if (text === null) return;
  if (/\.\./.test(text)) clear(run, frame, value, run.labelOf(LEVEL));
  if (text === '/') clear(run, frame, value, run.labelOf(ROOTLESS));
  // Without its quote a value does not leave the text that it stands in.
  if (/^['"]$/.test(text)) clear(run, frame, value, run.labelOf('xpath'));
}
