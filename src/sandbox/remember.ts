import type { SandboxRepository } from './state.ts';

/** Answers that are kept for a repository: those of its latest reviews. */
const MOST = 500;

const answers = new WeakMap<SandboxRepository, Map<string, Promise<unknown>>>();

/**
 * What git says of commits that are named by their ids stays true, so it is asked once: each answer is a process, and a review asks
 * of the base commit what the one before it asked. A question that fails is asked again: the commit may be there by then.
 */
export function remember<T>(
  repository: SandboxRepository,
  asked: readonly string[],
  ask: () => Promise<T>,
): Promise<T> {
  const known = answers.get(repository) ?? new Map<string, Promise<unknown>>();
  answers.set(repository, known);
  const key = asked.join('\0');
  const before = known.get(key) as Promise<T> | undefined;
  if (before) return before;
  const answer = ask();
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  return answer;
}
