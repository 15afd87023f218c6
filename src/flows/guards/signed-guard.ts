import { calledName } from '../../languages/called-name.ts';
import type { Expression } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { ALL } from '../data/models.ts';
import { usesOfName } from '../program/name-uses.ts';
import { readMade } from '../run/environment.ts';
import { lookAt } from '../run/look-at.ts';
import type { Call, Frame, Run } from '../run/run.ts';
import { clear } from '../values/clear.ts';
import { strangersOf } from '../values/values.ts';

/** What compares codes, in time that does not depend on them. */
export const COMPARES_CODES = /^(?:timingSafeEqual|compare_digest|ConstantTimeCompare|Equal)$/;
const MAKES = /^(?:crypto\.createHmac|crypto\/hmac\.New|hmac\.(?:new|HMAC|digest))$/;
/** What a code is asked for, or written as. */
const GIVES = /^(?:digest|hexdigest|Sum|toString|copy|hex|decode|encode)$/;
const WRITES = /^(?:from|EncodeToString|b64encode|urlsafe_b64encode|hexlify|bytes|str|String)$/;
const DEEPEST = 8;

/**
 * `hmac.Equal(given, expected)`, which holds: what `expected` was made of, with a key that others do not decide, was signed by the
 * program itself before.
 */
export function clearSigned(run: Run, frame: Frame, sides: readonly Expression[]): void {
  for (const side of sides)
    for (const one of signedBy(run, frame, side, 0) ?? [])
      clear(run, frame, run.evaluate({ ...frame, made: [] }, one), ALL);
}

/** What went into a code; null: it is none. */
function signedBy(run: Run, frame: Frame, one: Expression, depth: number): readonly Expression[] | null {
  if (depth > DEEPEST) return null;
  const again = (of: Expression): readonly Expression[] | null => signedBy(run, frame, of, depth + 1);
  if (one.kind === 'name') {
    const made = readMade(frame.env, one.name);
    const signed = made && again(made);
    return signed && [...signed, ...listWritten(frame, one.name)];
  }
  if (one.kind === 'await' || one.kind === 'cast') return again(one.of);
  // `sha256=${code}`
  if (one.kind === 'concat')
    return one.parts.reduce<ReturnType<typeof again>>((found, part) => found ?? again(part), null);
  if (one.kind !== 'call') return null;
  const method = calledName(one.of);
  const given = one.arguments.map(({ value }) => value);
  if (makesCode(run, frame, one)) return given.slice(1, 2);
  if (one.of.kind === 'field' && method === 'update') {
    const before = again(one.of.of);
    return before && [...before, ...given.slice(0, 1)];
  }
  if (one.of.kind === 'field' && GIVES.test(method)) return again(one.of.of);
  return WRITES.test(method) && given[0] ? again(given[0]) : null;
}

function makesCode(run: Run, frame: Frame, call: Call): boolean {
  const { name, args } = lookAt(run, frame, call);
  if (name === null || !MAKES.test(name)) return false;
  const key = args.list[name.startsWith('hmac.') ? 0 : 1];
  // Whoever calls this gives the key of the service.
  return key !== undefined && strangersOf(key).every(({ kind }) => kind === 'parameter');
}

/** `mac.Write(url)`, `mac.update(url)` as statements of their own. */
function listWritten({ closure: { home, form } }: Frame, name: string): Expression[] {
  return usesOfName(home.module, name).flatMap(({ chain, parent }) => {
    if (parent?.kind !== 'call' || parent.of !== chain || chain.kind !== 'field' || chain.of.kind !== 'name') return [];
    if (!/^(?:Write|update)$/.test(chain.name) || !holds(form.span, parent.span)) return [];
    return parent.arguments.slice(0, 1).map(({ value }) => value);
  });
}
