import { type Check, type CheckStatus, STEP_CHECKS } from './check.ts';

/** All checks in one word. */
export function decideStatus(checks: readonly Pick<Check, 'status'>[]): Exclude<CheckStatus, 'off'> {
  const has = (status: CheckStatus): boolean => checks.some((check) => check.status === status);
  return has('fail') ? 'fail' : has('waiting') ? 'waiting' : 'ok';
}

/** What to do next: the first thing that is broken, else the first step that waits. */
export function findNext(checks: readonly Check[]): Check | null {
  const steps = checks.filter((check) => (STEP_CHECKS as readonly string[]).includes(check.name));
  const others = checks.filter((check) => !steps.includes(check));
  return (
    [...others, ...steps].find((check) => check.status === 'fail') ??
    steps.find((check) => check.status === 'waiting') ??
    null
  );
}
