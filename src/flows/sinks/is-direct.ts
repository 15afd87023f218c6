import type { Home, Place, Taint } from '../values/value.ts';
import { lineAt } from './line-at.ts';

/** Lines from where a request's value is read to where it does harm: all of it stands before one's eyes. */
const MOST_LINES = 15;

/**
 * A request's own value does harm a few lines further on in its file: hardly anything is left that could have checked it, so a scan
 * says it (docs/decisions/0042).
 */
export function isDirect({ kind }: Taint, way: readonly Place[], home: Home): boolean {
  if (kind !== 'request' || way.some(({ path }) => path !== home.path)) return false;
  const lines = way.map(({ span }) => lineAt(home, span[0]));
  return Math.max(...lines) - Math.min(...lines) <= MOST_LINES;
}
