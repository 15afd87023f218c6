import type { Expression } from '../../languages/form.ts';
import { ALL } from '../data/models.ts';
import { readMade } from '../run/environment.ts';
import type { Call, Frame, Run } from '../run/run.ts';
import { holdsBothEnds, labelsOfAbsent, labelsOfPattern } from '../values/pattern-labels.ts';
import type { Value } from '../values/value.ts';
import { constantText } from '../values/values.ts';
import { staysHere } from './stays-here.ts';

interface Found {
  source: string;
  /** The call itself asks for the whole text. */
  whole: boolean;
  value: Value;
}

/** The pattern of a test: `/^…$/.test(x)`, `re.fullmatch('…', x)`, `regexp.MustCompile('…').MatchString(x)`. */
function readPattern(
  frame: Frame,
  call: Call,
  receiver: Value | null,
  args: readonly Value[],
  method: string,
): Found | null {
  if (!/^(?:test|match|exec|fullmatch|search|Match|MatchString)$/.test(method) || call.of.kind !== 'field') return null;
  const whole = method === 'fullmatch';
  const [first, second] = args;
  const own = sourceOfRegexp(frame, call.of.of, receiver);
  if (own !== null && first)
    return { source: method === 'match' && receiver?.name !== 'RegExp' ? `^${own}` : own, whole, value: first };
  const given = (call.arguments[0] ? sourceOfPattern(frame, call.arguments[0].value) : null) ?? keptSource(first);
  // `x.match(/…/)`
  if (given !== null && receiver && !second) return { source: given, whole, value: receiver };
  const text = first ? constantText(first) : null;
  if (text !== null && second)
    return { source: method === 'match' ? `^${text.replace(/^\^/, '')}` : text, whole, value: second };
  return null;
}

/** What a pattern is written as; one that was made elsewhere as well: in another file, in a class, from constants. */
export function sourceOfRegexp(frame: Frame, expression: Expression, value: Value | null): string | null {
  const own = sourceOfPattern(frame, expression);
  return own ?? keptSource(value);
}

function keptSource(value: Value | null | undefined): string | null {
  const key = value?.name === 'regexp.Regexp' ? '0' : value?.name === 'RegExp' ? 'source' : null;
  const kept = key === null ? undefined : value?.entries?.get(key);
  return kept ? constantText(kept) : null;
}

export function sourceOfPattern(frame: Frame, expression: Expression, depth = 0): string | null {
  if (depth > 3) return null;
  if (expression.kind === 'pattern') return expression.source;
  if (expression.kind === 'name') {
    const made = readMade(frame.env, expression.name);
    return made ? sourceOfPattern(frame, made, depth + 1) : null;
  }
  if (
    expression.kind === 'call' &&
    expression.of.kind === 'field' &&
    /^(?:compile|MustCompile|Compile)$/.test(expression.of.name)
  ) {
    const [first] = expression.arguments;
    return first?.value.kind === 'text' ? first.value.value : null;
  }
  return null;
}

/** What a test by a pattern has shown, and of which value. Null: it is none. */
export function patternLabels(
  run: Run,
  frame: Frame,
  call: Call,
  receiver: Value | null,
  args: readonly Value[],
  method: string,
): { value: Value; labels: number; refused: number } | null {
  const found = readPattern(frame, call, receiver, args, method);
  // A field of a struct: what it asks for is not seen, that it is asked is.
  const [first] = args;
  if (!found && first && receiver?.name === 'regexp.Regexp') return { value: first, labels: ALL, refused: 0 };
  if (!found) return null;
  const { source, whole, value } = found;
  // `re.search('[^a-z0-9]', x)`: where it finds nothing all of the text is of the class.
  const others = /^\[\^((?:[^\]\\]|\\.)+)\][+*]?$/.exec(source)?.[1];
  const isOfBegin = whole || (method === 'match' && frame.closure.home.module.language === 'python') || isSticky(call);
  const refused = isOfBegin
    ? 0
    : others !== undefined && /^(?:search|test|MatchString)$/.test(method)
      ? labelsOfPattern(run, `^[${others}]*$`)
      : labelsOfAbsent(run, source);
  if (isByLine(call, args)) return { value, labels: 0, refused };
  const begun = staysHere(isOfBegin ? `^(?:${source})` : source) ? run.labelOf('redirect') : 0;
  const labels = whole || holdsBothEnds(source) ? labelsOfPattern(run, source) : 0;
  return { value, labels: labels | begun, refused };
}

/** `/</y`: it is looked for at one place only. */
function isSticky({ of, arguments: given }: Call): boolean {
  const all = [of.kind === 'field' ? of.of : of, ...given.map(({ value }) => value)];
  return all.some((one) => one.kind === 'pattern' && one.flags.includes('y'));
}

/** `/^[a-z]+$/m`, `re.M`: one line of the text matches. */
function isByLine(call: Call, args: readonly Value[]): boolean {
  const isLines = (one: Expression): boolean =>
    (one.kind === 'pattern' && one.flags.includes('m')) || (one.kind === 'field' && /^(?:M|MULTILINE)$/.test(one.name));
  const of = call.of.kind === 'field' ? call.of.of : call.of;
  return (
    isLines(of) ||
    call.arguments.some(({ value }) => isLines(value)) ||
    (of.kind === 'call' && of.arguments.some(({ value }) => isLines(value))) ||
    args.some((one) => one.name?.endsWith('.MULTILINE') === true)
  );
}
