import type { SandboxRepository } from './state.ts';

/** Answers that are kept: those of the latest reviews. */
const MOST = 300;

const answers = new Map<string, Promise<unknown>>();

/** Commits that a repository is known to have: by their ids it may be told what another one was asked. */
const held = new WeakMap<SandboxRepository, Set<string>>();

/**
 * What git says of commits that are named by their ids stays true, and is true in each repository that has them. So it is asked
 * once: each answer is a process, and a review asks of the base commit what the one before it asked. A question that fails is asked
 * again: the commit may be there by then.
 */
export async function remember<T>(
  repository: SandboxRepository,
  asked: readonly string[],
  ask: () => Promise<T>,
): Promise<T> {
  const key = asked.join('\0');
  const commits = key.match(/[0-9a-f]{40}/g) ?? [];
  const before = answers.get(key) as Promise<T> | undefined;
  const known = before && commits.every((commit) => held.get(repository)?.has(commit)) ? before : undefined;
  const answer = known ?? ask();
  answers.delete(key);
  answers.set(key, answer);
  const [oldest] = answers.keys();
  if (answers.size > MOST && oldest !== undefined) answers.delete(oldest);
  try {
    const value = await answer;
    hold(repository, commits);
    return value;
  } catch (error) {
    if (answers.get(key) === answer) answers.delete(key);
    throw error;
  }
}

export function hold(repository: SandboxRepository, commits: readonly string[]): void {
  const known = held.get(repository) ?? new Set();
  held.set(repository, known);
  for (const commit of commits) known.add(commit);
}
