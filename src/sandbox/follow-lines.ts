import { parsePatch } from '../diff/patch.ts';
import type { DiffEntry } from '../git/read-diff.ts';
import type { SandboxComment } from './state.ts';

/**
 * Moves comments to where their lines are after a push, as GitHub does: a comment whose line changed, or is not in the pull
 * request's diff any more, is outdated.
 *
 * @param push the diff between the old and the new head
 * @param diff the pull request's diff now
 */
export function followLines(
  comments: readonly SandboxComment[],
  push: readonly DiffEntry[],
  diff: readonly DiffEntry[],
): void {
  for (const comment of comments) {
    if (!comment.now) continue;
    const { line, startLine } = comment.now;
    const moved = comment.side === 'LEFT' ? line : follow(push, comment.path, line);
    const start = startLine === null || comment.side === 'LEFT' ? startLine : follow(push, comment.path, startLine);
    const lost = moved === null || (startLine !== null && start === null);
    comment.now = lost || !isInDiff(diff, comment, moved) ? null : { line: moved, startLine: start };
  }
}

function follow(push: readonly DiffEntry[], path: string, line: number): number | null {
  const file = push.find((one) => one.path === path || one.previousPath === path);
  if (!file) return line;
  if (file.path !== path || file.patch === null) return file.path === path && file.status !== 'removed' ? line : null;
  let offset = 0;
  for (const { oldStart, lines } of parsePatch(file.patch)) {
    if (line < oldStart) break;
    const found = lines.find((one) => one.oldLine === line);
    if (found) return found.kind === 'context' ? found.newLine : null;
    const added = lines.filter((one) => one.kind === 'added').length;
    offset += added - lines.filter((one) => one.kind === 'removed').length;
  }
  return line + offset;
}

function isInDiff(diff: readonly DiffEntry[], { path, side }: SandboxComment, line: number): boolean {
  const patch = diff.find((one) => one.path === path)?.patch;
  if (!patch) return false;
  return parsePatch(patch).some((hunk) =>
    hunk.lines.some((one) => (side === 'LEFT' ? one.oldLine : one.newLine) === line),
  );
}
