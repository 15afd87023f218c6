import { rootName } from '../../languages/root-name.ts';
import type { Evaluated, Frame } from '../run/run.ts';
import { isIgnored } from '../uses/around-place.ts';

/** What is called so finds a route or an entry by a text; its `match` takes no pattern. */
const LOOKS_UP = /(?:registry|matcher|router|routes|service|client|store|cache|manager|engine|provider|catalog)$/i;

/** `try { new RegExp(x); } catch { … }`: whether it is a pattern at all; nothing is ever looked for with it. Or what has this method is no text. */
export function isHarmlessPattern({ closure: { home } }: Frame, { call, method, receiver }: Evaluated): boolean {
  if (/^(?:RegExp|compile)$/.test(method)) return isIgnored(home, call.span);
  if (method !== 'match' || home.module.language !== 'typescript' || call.of.kind !== 'field') return false;
  const { of } = call.of;
  const name = of.kind === 'field' ? of.name : (rootName(of) ?? '');
  return receiver?.of?.instance === true || LOOKS_UP.test(name);
}
