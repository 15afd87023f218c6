import type { Span } from '../../languages/form.ts';
import type { Value } from '../values/value.ts';
import type { Evaluated } from './run.ts';

export interface Picked {
  value: Value;
  span: Span;
}

/** `0`, `last`, `all`, `rest` (all but the first), `receiver`, a keyword, or `1|sql`: by place or by name. */
export function pickArguments(one: Evaluated, pick: string | number): Picked[] {
  const { call, args, receiver } = one;
  const positional = call.arguments.filter(({ name }) => name === null);
  const at = (index: number): Picked[] => {
    const value = args.list[index];
    return value ? [{ value, span: positional[index]?.value.span ?? call.span }] : [];
  };
  // Keyword arguments may be called anything: `all`, `rest`.
  const byName = (name: string): Picked[] => {
    const value = args.named.get(name);
    const span = call.arguments.find((each) => each.name === name)?.value.span ?? call.span;
    return value ? [{ value, span }] : [];
  };
  if (typeof pick === 'number') return at(pick);
  if (pick === 'receiver') return receiver ? [{ value: receiver, span: call.of.span }] : [];
  if (pick === 'last') return at(args.list.length - 1);
  if (pick === 'all' || pick === 'rest') {
    const listed = args.list.flatMap((_, index) => (pick === 'rest' && index === 0 ? [] : at(index)));
    return [...listed, ...[...args.named.keys()].flatMap(byName)];
  }
  return pick
    .split('|')
    .flatMap((name) => (/^\d+$/.test(name) ? at(Number(name)) : byName(name)))
    .slice(0, 1);
}

/** What stands at a place of a call; `1.prefix`: a field of an argument, `1.a.b` a field of that. */
export function pickAt(one: Evaluated, at: string | number): Picked[] {
  if (typeof at === 'number') return pickArguments(one, at);
  const [first = '', ...fields] = at.split('.');
  const picked = pickArguments(one, /^\d+$/.test(first) ? Number(first) : first);
  return picked.flatMap(({ value, span }) => {
    let found: Value | undefined = value;
    for (const field of fields) found = found?.entries?.get(field);
    return found ? [{ value: found, span }] : [];
  });
}
