/** Nobody nests hand-written settings deeper, or writes more of the rest. */
const OF_SETTINGS = { deep: 40, marks: 1000, signs: 2000, lines: 1500, line: 4000 };

/**
 * Why a YAML of strangers is not even parsed, or null. A parser takes the square of nested brackets, of indicators and tags in a
 * row, of lone carriage returns, of keys and of what stands after an error, on the thread that answers everybody: 32 KB of them
 * took seconds. Linear; quotes are not looked at, so the limits are far above what a person writes. `own`: limits that are others than those of settings.
 */
export function describeYamlCost(text: string, own: Partial<typeof OF_SETTINGS> = {}): string | null {
  const most = { ...OF_SETTINGS, ...own };
  let deep = 0;
  for (const char of text) {
    if (char === '[' || char === '{') deep += 1;
    else if (char === ']' || char === '}') deep = Math.max(0, deep - 1);
    if (deep > most.deep) return `nested more than ${most.deep} deep`;
  }
  if (/(?:[-?][ \t]+){20}/.test(text)) return 'nested more than 20 deep in one line';
  const lines = text.split('\n');
  if (lines.length > most.lines) return `more than ${most.lines} lines`;
  if (lines.some((line) => line.length > most.line)) return `a line of more than ${most.line} characters`;
  const signs = text.match(/[,[{]/g)?.length ?? 0;
  if (signs > most.signs) return `more than ${most.signs} commas and brackets`;
  const marks = text.match(/\r(?!\n)|(?<=^|[\s,[{:])[!*&](?=\w)|^---/gm)?.length ?? 0;
  return marks > most.marks ? `more than ${most.marks} anchors, aliases, tags and documents` : null;
}
