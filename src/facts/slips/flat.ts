import { calledName } from '../../languages/called-name.ts';
import type { Statement } from '../../languages/form.ts';

/** What stands in a block runs as if it stood there itself: `if v, err := f(); err == nil {`. */
export function flat(body: readonly Statement[]): Statement[] {
  return body.flatMap((one) => (one.kind === 'block' ? flat(one.body) : [one]));
}

/** Nothing behind it runs. `abort(409)` of Flask and others throws. */
export function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (last?.kind === 'do' && last.value.kind === 'call') return calledName(last.value.of) === 'abort';
  return /^(?:return|throw|leave)$/.test(last?.kind ?? '');
}
