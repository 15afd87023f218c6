import type { SandboxRepository } from './state.ts';

const answers = new WeakMap<SandboxRepository, Map<string, Promise<unknown>>>();

/**
 * What git says of commits that are named by their ids stays true, so it is asked once: each answer is a process, and a review asks
 * of the base commit what the one before it asked.
 */
export function remember<T>(
  repository: SandboxRepository,
  asked: readonly string[],
  ask: () => Promise<T>,
): Promise<T> {
  const known = answers.get(repository) ?? new Map<string, Promise<unknown>>();
  answers.set(repository, known);
  const key = asked.join('\0');
  const answer = (known.get(key) as Promise<T> | undefined) ?? ask();
  known.set(key, answer);
  return answer;
}
