import type { Module } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import type { Frame, Run } from '../run/run.ts';

/** A name that its package of Go declares with `const`, and no function around gives another meaning: it is the same wherever it runs. */
export function isConstantOfPackage(run: Run, { closure: { home }, env }: Frame, name: string): boolean {
  if (home.module.language !== 'go') return false;
  for (let at = env; at.around; at = at.around) if (at.names.has(name)) return false;
  return [home, ...run.program.beside(home)].some(({ module }) => constantsOf(module).has(name));
}

const constantsOf = memo(
  ({ functions: [top] }: Module) =>
    new Set(
      (top?.body ?? []).flatMap((one) =>
        one.kind === 'set' && one.constant && one.target.kind === 'name' ? [one.target.name] : [],
      ),
    ),
);
