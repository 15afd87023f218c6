const MOST = 24;
/** The most braces in one glob: each multiplies the globs before it. */
const MOST_BRACES = 4;

/** `*.{md,yml}` as globs without braces, as people write them; at most so many. What is not closed stays as it is. */
export function splitBraces(glob: string): string[] {
  let globs = [glob];
  for (let round = 0; round < MOST_BRACES; round++) globs = globs.flatMap(splitFirst).slice(0, MOST);
  return globs;
}

function splitFirst(glob: string): string[] {
  const open = glob.indexOf('{');
  const close = glob.indexOf('}', open);
  if (open === -1 || close === -1) return [glob];
  const words = glob
    .slice(open + 1, close)
    .split(',')
    .slice(0, MOST);
  return words.map((word) => glob.slice(0, open) + word + glob.slice(close + 1));
}
