import { isNamedForAll } from '../../text/is-named-for-all.ts';
import type { Route } from '../facts.ts';

/** New accounts are made by whoever has none. */
const ACCOUNT = /\/(?:users?|accounts?|members?|customers?|me)\/?$/i;

export function isMeantForAll({ method, path, handler }: Route): boolean {
  const isRoot = path === '/' || path === '';
  return isRoot || isNamedForAll(path) || isNamedForAll(handler.name) || (method === 'POST' && ACCOUNT.test(path));
}
