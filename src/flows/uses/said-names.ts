import type { Module, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { visitExpressions } from '../../languages/visit-expressions.ts';
import type { Home } from '../values/value.ts';

/**
 * The names that a file, or a part of it, uses and declares, with spaces between: what comments and texts say proves nothing.
 */
export function saidNames({ module }: Home, span: Span | null = null): string {
  const all = listNames(module);
  const some = span === null ? all : all.filter(({ at }) => span[0] <= at && at < span[1]);
  return some.map(({ name }) => name).join(' ');
}

const listNames = memo((module: Module): readonly { at: number; name: string }[] => {
  const names = module.functions.flatMap(({ name, at, parameters }) => [
    { at: at[0], name },
    ...parameters.map((one) => ({ at: one.span[0], name: one.name })),
  ]);
  visitExpressions(module, (one) => {
    if (one.kind === 'name' || one.kind === 'field') names.push({ at: one.span[0], name: one.name });
  });
  return names;
});
