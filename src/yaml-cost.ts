/** Nobody nests a hand-written YAML deeper, or writes more of the rest. */
const MOST_DEEP = 40;
const MOST_MARKS = 1000;
const MOST_SIGNS = 2000;
const MOST_LINES = 1500;
const MOST_LINE = 4000;

/**
 * Why a YAML of strangers is not even parsed, or null. A parser takes the square of nested brackets, of indicators and tags in a
 * row, of lone carriage returns, of keys and of what stands after an error, on the thread that answers everybody: 32 KB of them
 * took seconds. Linear; quotes are not looked at, so the limits are far above what a person writes.
 */
export function describeYamlCost(text: string, mostLines = MOST_LINES): string | null {
  let deep = 0;
  for (const char of text) {
    if (char === '[' || char === '{') deep += 1;
    else if (char === ']' || char === '}') deep = Math.max(0, deep - 1);
    if (deep > MOST_DEEP) return `nested more than ${MOST_DEEP} deep`;
  }
  if (/(?:[-?][ \t]+){20}/.test(text)) return 'nested more than 20 deep in one line';
  const lines = text.split('\n');
  if (lines.length > mostLines) return `more than ${mostLines} lines`;
  if (lines.some((line) => line.length > MOST_LINE)) return `a line of more than ${MOST_LINE} characters`;
  const signs = text.match(/[,[{]/g)?.length ?? 0;
  if (signs > MOST_SIGNS) return `more than ${MOST_SIGNS} commas and brackets`;
  const marks = text.match(/\r(?!\n)|(?<=^|[\s,[{:])[!*&](?=\w)|^---/gm)?.length ?? 0;
  return marks > MOST_MARKS ? `more than ${MOST_MARKS} anchors, aliases, tags and documents` : null;
}
