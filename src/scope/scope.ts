import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChangedFile } from '../change/change.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { FileCoverage } from './coverage.ts';

/** What is kept of an agent's last completed review, to review only what changed since. Losing it costs one full review. */
export const Reviewed = z.object({
  agent: z.string().default(DEFAULT_AGENT),
  head: z.string(),
  base: z.string(),
  /** The base's branch; null when an older version wrote this. */
  baseRef: z.string().nullable().default(null),
  /** Everything else that decides what a review finds: config, what the agent is made of, version, model. */
  key: z.string(),
  /** All was looked at, nothing failed, and it was posted. */
  complete: z.boolean(),
  checkRunId: z.string().nullable(),
  files: z.record(z.string(), z.object({ hash: z.string(), coverage: FileCoverage })),
});
export type Reviewed = z.infer<typeof Reviewed>;

/** Why all files are reviewed, or what of them. */
const SCOPE_REASONS = [
  'AS_ASKED',
  'FIRST_REVIEW',
  'BASE_CHANGED',
  'SETTINGS_CHANGED',
  'LAST_INCOMPLETE',
  'COMMENT_DELETED',
  'COMMENT_UNPROVEN',
  'HISTORY_REWRITTEN',
  'SAME_HEAD',
  'PUSHED',
] as const;

export const Scope = z.object({
  kind: z.enum(['all', 'changed']),
  /** Null: of a review that an older version began. */
  reason: z.enum(SCOPE_REASONS).nullable().default(null),
  /** The head that was reviewed before; null: none. */
  since: z.string().nullable().default(null),
});
export type Scope = z.infer<typeof Scope>;

export interface ScopeInput {
  last: Reviewed | null;
  base: string;
  head: string;
  key: string;
  /** Commits of the pull request: an earlier head among them is an ancestor of this one. */
  commits: readonly string[];
  /** A comment of ours was deleted: only a new look tells what it said. */
  deleted: boolean;
  /** A comment of ours is not as we wrote it: what it claims must be looked for. */
  unproven: boolean;
  /** `/backend-dev review full` */
  full: boolean;
}

/** Whether reviewing what changed since the last review is provably enough. */
export function decideScope({ last, base, head, key, commits, deleted, unproven, full }: ScopeInput): Scope {
  const since = last?.head ?? null;
  const all = (reason: Scope['reason']): Scope => ({ kind: 'all', reason, since });
  if (full) return all('AS_ASKED');
  if (!last) return all('FIRST_REVIEW');
  if (last.base !== base) return all('BASE_CHANGED');
  if (last.key !== key) return all('SETTINGS_CHANGED');
  if (!last.complete) return all('LAST_INCOMPLETE');
  if (deleted) return all('COMMENT_DELETED');
  if (unproven) return all('COMMENT_UNPROVEN');
  if (last.head === head) return { kind: 'changed', reason: 'SAME_HEAD', since };
  return commits.includes(last.head) ? { kind: 'changed', reason: 'PUSHED', since } : all('HISTORY_REWRITTEN');
}

/** The file's change as such: equal hashes mean equal text, equal diff, and so equal findings. */
export function hashChange({ path, previousPath, status, blob, hunks }: ChangedFile): string {
  const lines = hunks?.map(({ oldStart, newStart, lines: list }) => [
    oldStart,
    newStart,
    list.map(({ kind, text }) => [kind, text]),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([path, previousPath, status, blob, lines ?? null]))
    .digest('base64url')
    .slice(0, 22);
}

/**
 * Files that need not be looked at again. `always` are those with findings that stand in the summary alone, which is written
 * anew and must say them in full. Without a blob id nothing is provable, so such a file is reviewed.
 */
export function listCarried(
  scope: Scope,
  last: Reviewed | null,
  files: readonly ChangedFile[],
  always: ReadonlySet<string> = new Set(),
): FileCoverage[] {
  if (scope.kind === 'all' || !last) return [];
  return files.flatMap((file) => {
    const known = Object.hasOwn(last.files, file.path) ? last.files[file.path] : undefined;
    return known && !always.has(file.path) && file.blob !== null && known.hash === hashChange(file)
      ? [known.coverage]
      : [];
  });
}

export function short(sha: string): string {
  return sha.slice(0, 7);
}
