import type { Statement } from '../../languages/form.ts';

/** What stands in a block runs as if it stood there itself: `if v, err := f(); err == nil {`. */
export function flat(body: readonly Statement[]): Statement[] {
  return body.flatMap((one) => (one.kind === 'block' ? flat(one.body) : [one]));
}

/** Nothing behind it runs. */
export function leaves(body: readonly Statement[]): boolean {
  return /^(?:return|throw|leave)$/.test(body.at(-1)?.kind ?? '');
}
