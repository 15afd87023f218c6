import type { Expression, Statement } from '../../languages/form.ts';
import { joinValues, opaqueValue, taintsOf, UNKNOWN, type Value } from '../values/value.ts';
import { settle } from './environment.ts';
import type { Frame, Raised } from './run.ts';

/** `raise ValueError(f'no {name}')`: what was said, for the `except` around it in the same function. */
export function noteRaised(frame: Frame, value: Expression): void {
  const [text] = value.kind === 'call' ? (frame.last?.args.list ?? []) : [];
  if (!text || value.kind !== 'call' || frame.last?.call !== value || taintsOf(text).length === 0) return;
  frame.raised?.push({ name: lastName(value.of), text: settle(frame.env, text) });
}

type Catch = Extract<Statement, { kind: 'try' }>['catches'][number];

/** `except ValueError as e`: an error, with the text that it was raised with. */
export function caughtAs({ name, types }: Catch, raised: readonly Raised[]): Value {
  const names = types.map(lastName);
  const fits = (one: Raised): boolean => names.some((each) => each === one.name || /^(?:Base)?Exception$/.test(each));
  const texts = raised.filter(fits).map(({ text }) => text);
  const error = texts.length > 0 ? opaqueValue(name ?? 'e', taintsOf(joinValues(texts))) : UNKNOWN;
  return { ...error, name: '#error' };
}

function lastName(of: Expression): string {
  return of.kind === 'field' || of.kind === 'name' ? of.name : '';
}
