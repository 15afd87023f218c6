import { parseFindingMarker } from '../../src/ledger/marker.ts';
import type { SandboxPullRequest, SandboxRepository } from '../../src/sandbox/state.ts';

/**
 * What a person sees on a pull request, one line each: threads (resolved ones in brackets), replies of ours, how many reviews
 * there are, and the check.
 */
export function viewPull(repository: SandboxRepository, pull: SandboxPullRequest): string[] {
  const threads = pull.comments
    .filter((comment) => comment.root === comment.id)
    .map((comment) => {
      const record = parseFindingMarker(comment.body);
      const place = `${comment.path}:${comment.line === null ? 'file' : (comment.now?.line ?? 'outdated')}${comment.side === 'LEFT' ? ' (removed)' : ''}`;
      const line = `${place} ${record ? `${record.rule} ${record.state}` : `by ${comment.author.login}`}`;
      return pull.resolved.has(comment.id) ? `[${line}]` : line;
    });
  const check = repository.checks.findLast((one) => one.headSha === pull.headSha);
  const title = (check?.title ?? '').replace(
    / · \d+ of \d+ backend files? reviewed(, \d+ searched for credentials only)? · model \w+/,
    '',
  );
  return [
    ...threads.sort(),
    `${pull.reviews.length} review${pull.reviews.length === 1 ? '' : 's'}`,
    `check ${check?.conclusion ?? check?.status ?? 'none'}: ${title}`,
  ];
}
