import type { Expression, Type } from '../../languages/form.ts';
import type { Run } from '../run/run.ts';
import type { Home } from '../values/value.ts';
import { resolveTypeName } from './types.ts';

const MOST_NAMES = 4;

/**
 * What another file says beside a type under a name of its own: `CallerDep = Annotated[Caller, Depends(current_caller)]`, imported.
 * A name of the same file was read where it stands.
 */
export function annotatedElsewhere(
  run: Run,
  home: Home,
  type: Type | null,
): { home: Home; decorators: readonly Expression[] } | null {
  let [at, named] = [home, type];
  for (let step = 0; step < MOST_NAMES && named?.kind === 'named'; step++) {
    const found = resolveTypeName(run, at, named.name);
    if (found.kind !== 'type') return null;
    const { decorators } = found.form;
    if (decorators) return { home: found.home, decorators };
    [at, named] = [found.home, found.form.type];
  }
  return null;
}
