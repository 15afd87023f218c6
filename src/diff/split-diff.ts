/**
 * Cuts the output of `git diff` into the part of each file, in git's order, which is the order of `git diff --raw` too.
 * Inside a hunk every line starts with ' ', '+', '-' or '\', so "diff --git" at a line's start is always a new file;
 * file names are not read from here, since quoting makes them ambiguous.
 */
export function splitDiff(diff: string): { patch: string | null; binary: boolean }[] {
  if (diff === '') return [];
  return diff
    .split(/^diff --git /m)
    .slice(1)
    .map((part) => {
      const start = part.search(/^@@ /m);
      const header = start === -1 ? part : part.slice(0, start);
      const binary = /^(Binary files |GIT binary patch)/m.test(header);
      return { patch: start === -1 ? null : part.slice(start).replace(/\n$/, ''), binary };
    });
}
