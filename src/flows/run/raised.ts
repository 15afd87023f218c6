import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Statement } from '../../languages/form.ts';
import { methodsOf } from '../../languages/methods-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { withSafe } from '../values/map-taints.ts';
import type { ClassRef, Value } from '../values/value.ts';
import { joinValues, opaqueValue, taintsOf, UNKNOWN } from '../values/values.ts';
import { settle } from './environment.ts';
import { type Frame, noteMatters, type Parts, type Raised, type Run } from './run.ts';

/** What happens in there, and what was raised meanwhile. */
export function collecting<T>(
  run: Run,
  by: FunctionForm | null,
  what: () => T,
): { value: T; raised: readonly Raised[] } {
  const { raised: before } = run;
  const own = { by, all: [] };
  run.raised = own;
  const value = what();
  run.raised = before;
  return { value, raised: own.all };
}

/** Of more than these nobody asks: a function that calls another one a thousand times hands on no thousand texts. */
const MOST_RAISED = 16;

/** For whoever collects it. */
export function handRaised({ raised: to }: Run, some: readonly Raised[]): void {
  for (const one of some)
    if (to && to.all.length < MOST_RAISED && !to.all.some(({ name, text }) => name === one.name && text === one.text))
      to.all.push(one);
}

/** `raise ValueError(f'no {name}')`, `throw new NotFound(name)`: what was said, for what catches it; of Python in the same function. */
export function noteRaised(run: Run, frame: Frame, value: Expression): void {
  const { form, home } = frame.closure;
  if (value.kind !== 'call' || frame.last?.call !== value) return;
  const text = home.module.language === 'python' ? frame.last.args.list[0] : messageOf(frame.last);
  if (!text || taintsOf(text).length === 0) return;
  noteMatters(run, [text]);
  if (home.module.language === 'python' && run.raised?.by !== form) return;
  handRaised(run, [{ name: calledName(value.of), text: settle(frame.env, text) }]);
}

/** What an error says: the first text that it is made with. */
function messageOf({ callee, args: { list } }: Parts): Value | undefined {
  const own = callee.of && !callee.of.instance ? givenAbove(callee.of.class, list) : null;
  if (own) return own.length > 0 ? joinValues(own) : undefined;
  return list.find((one) => !one.entries && one.constant === undefined && one.pieces.length > 0);
}

/** `constructor(name) { super(`no ${name}`) }`: those of its arguments that its base class is given. */
function givenAbove({ form, home }: ClassRef, list: readonly Value[]): Value[] | null {
  const [own] = methodsOf(home.module, form).constructors;
  if (!own) return null;
  const [, said = ''] = /\bsuper\(([^\n]{0,300})/.exec(home.text.slice(...own.span)) ?? [];
  const says = (name: string): boolean => new RegExp(`(?<![\\w$.])${escapeRegExp(name)}(?![\\w$])`).test(said);
  return own.parameters.flatMap(({ name }, index) => {
    const value = list[index];
    return value && says(name) ? [value] : [];
  });
}

type Catch = Extract<Statement, { kind: 'try' }>['catches'][number];

/** `except ValueError as e`, `catch (e)`: an error, with the text that it was raised with. */
export function caughtAs(run: Run, { closure: { home } }: Frame, one: Catch, raised: readonly Raised[]): Value {
  const isPython = home.module.language === 'python';
  const fits = isPython ? fitsTypes(one) : fitsTests(one, home.text);
  const texts = raised.filter(fits).map(({ text }) => text);
  if (texts.length === 0) return { ...UNKNOWN, name: '#error' };
  const name = one.name ?? 'e';
  const taints = taintsOf(joinValues(texts));
  if (isPython) return { ...opaqueValue(name, taints), name: '#error' };
  // Whoever reads the log wants to know what went wrong. What else an error holds was not said by the caller.
  const message = withSafe(opaqueValue(`${name}.message`, taints), run.labelOf('log'));
  // `String(e)` is its text.
  const entries = new Map([
    ['message', { ...message, name: '#error.message' }],
    ['#text', message],
  ]);
  return { ...opaqueValue(name), name: '#error', entries };
}

function fitsTypes({ types }: Catch): (one: Raised) => boolean {
  const names = types.map(calledName);
  return (one) => names.some((each) => each === one.name || /^(?:Base)?Exception$/.test(each));
}

const MOST_BODY = 5000;

/** TypeScript catches all: what it asks of an error (`e instanceof NotFound`, `isHttpError(e)`) decides which one it answers. */
function fitsTests({ span: [from, to] }: Catch, text: string): (one: Raised) => boolean {
  const said = text.slice(from, Math.min(to, from + MOST_BODY));
  const names = [...said.matchAll(/\binstanceof\s+(?:\w+\.)?(\w+)/g)].map(([, name = '']) => name);
  const isAsked = names.length > 0 || /\bis[A-Z]\w*(?:Error|Exception)\w*\(/.test(said);
  return (one) => !isAsked || names.includes('Error') || names.includes(one.name);
}
