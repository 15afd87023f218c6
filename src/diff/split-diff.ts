/**
 * Cuts the output of `git diff` into the part of each file, in git's order, which is the order of `git diff --raw` too.
 * Inside a hunk every line starts with ' ', '+', '-' or '\', so "diff --git" at a line's start is always a new file;
 * file names are not read from here, since quoting makes them ambiguous. Only a line feed ends a line: for git a carriage
 * return or U+2028 is text like any other.
 */
export function splitDiff(diff: string): { patch: string | null; binary: boolean }[] {
  const parts: string[][] = [];
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  // After the last line feed there is no line.
  if (parts.at(-1)?.at(-1) === '') parts.at(-1)?.pop();
  return parts.map((lines) => {
    const start = lines.findIndex((line) => line.startsWith('@@ '));
    const header = start === -1 ? lines : lines.slice(0, start);
    const binary = header.some((line) => line.startsWith('Binary files ') || line === 'GIT binary patch');
    return { patch: start === -1 ? null : lines.slice(start).join('\n'), binary };
  });
}
