import type { SandboxPullRequest, SandboxRepository } from '../../src/sandbox/state.ts';
import type { Memory } from './app-process.ts';

/** What was said more often than once, in words. */
export function findDuplicates(repository: SandboxRepository, pull: SandboxPullRequest, bot: string): string[] {
  const mine = <T extends { author: { login: string } }>(all: readonly T[]): T[] =>
    all.filter((one) => one.author.login === bot);
  const comments = mine(pull.comments)
    .filter((one) => one.root === one.id)
    .map((one) => `${one.path}: ${firstLine(one.body)}`);
  const replies = mine(pull.conversation).flatMap((one) => /reply comment=\d+/.exec(one.body)?.[0] ?? []);
  const reviews = mine(pull.reviews).map((one) => `review of ${one.commitId}: ${firstLine(one.body)}`);
  const where = `${repository.name}#${pull.number}`;
  return [...comments, ...replies, ...reviews.filter((one) => !one.endsWith(': '))]
    .filter((one, index, all) => all.indexOf(one) !== index)
    .map((one) => `${where}: said twice: ${one}`);
}

/** The check of its newest head, while it is not finished. */
export function findOpenCheck(repository: SandboxRepository, pull: SandboxPullRequest): string[] {
  return repository.checks
    .filter((check) => check.headSha === pull.headSha && check.status !== 'completed')
    .map(() => `${repository.name}#${pull.number}: the check of ${pull.headSha} is not finished`);
}

function firstLine(body: string): string {
  return body.trim().split('\n', 1)[0] ?? '';
}

/**
 * How many samples must be there before one of them says something, and how far it may lie above the first ones. What JavaScript
 * holds after a collection is no matter of chance; all memory of a process is, so it takes more samples.
 */
const LIMITS = {
  heap: { fewest: 4, most: (first: number): number => first * 1.15 + 15 },
  rss: { fewest: 6, most: (first: number): number => first * 1.25 + 60 },
  children: { fewest: 6, most: (first: number): number => first * 1.25 + 60 },
} as const;

/** Samples, below which nothing is said. */
export const FEWEST = LIMITS.heap.fewest;

/** Samples of an idle process that go up and up: the last third lies well over the first, warm-up left out. */
export function judgeMemory(samples: readonly Memory[]): string[] {
  return (['rss', 'heap', 'children'] as const).flatMap((field) => {
    const { fewest, most } = LIMITS[field];
    if (samples.length < fewest) return [];
    const values = samples.slice(samples.length < 6 ? 1 : 2).map((sample) => sample[field]);
    const third = Math.max(1, Math.floor(values.length / 3));
    const first = median(values.slice(0, third));
    const last = median(values.slice(-third));
    return last > most(first)
      ? [`${field} grew from ${first} to ${last} MB while idle (at most ${Math.round(most(first))} expected)`]
      : [];
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
