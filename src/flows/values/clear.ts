import type { Frame, Run } from '../run/run.ts';
import { fieldsOfKey, keyOfWhole } from './field-taint.ts';
import type { Value } from './value.ts';
import { strangersOf, taintsOf } from './values.ts';

const HOST = /^(?:[Hh]ost(?:name)?(?:\(\))?|Hostname\(\)|netloc|origin)$/;

export function clear(run: Run, frame: Frame, value: Value, labels: number): void {
  if (labels === 0) return;
  const { cleared } = frame.env;
  const server = labels & (run.labelOf('url') | run.labelOf('redirect'));
  for (const { key } of taintsOf(value)) {
    cleared.set(key, (cleared.get(key) ?? 0) | labels);
    // An address whose host is one of ours is.
    if (server === 0 || !HOST.test(fieldsOfKey(key).at(-1) ?? '')) continue;
    const whole = keyOfWhole(key);
    cleared.set(whole, (cleared.get(whole) ?? 0) | server);
  }
}

/** `next == trusted`, where `trusted` is a field of the service: whoever asks has named what is there already. */
export function isOneOfOurs(ours: Value, other: Value): boolean {
  if (strangersOf(ours).length === 0) return taintsOf(other).length > 0;
  return isOurs(ours) && strangersOf(other).some(({ kind }) => kind !== 'parameter');
}

/** Nobody outside decides what is in it. */
export function isListOfOurs(whole: Value, one: Value): boolean {
  return strangersOf(whole).length === 0 || (isOurs(whole) && taintsOf(one).length > 0);
}

/** Nobody outside decides it as far as this function shows: its callers are looked at with what they give. */
export function isOurs(value: Value): boolean {
  return strangersOf(value).every(({ kind }) => kind === 'parameter');
}
