/** `import (` of Go, `import {` of TypeScript, `from x import (` of Python: what follows belongs to it, as far as it is closed. */
const OPENS = [
  { opens: /^\s*import\s*\(\s*$/, closes: /^\s*\)/ },
  { opens: /^\s*import\s[\w$\s,*]*\{[^}]*$/, closes: /\}/ },
  { opens: /^\s*from\s+\S+\s+import\s*\([^)]*$/, closes: /\)/ },
];
const WHOLE = /^\s*(?:import\s|from\s+\S+\s+import\s)|=\s*require\([^()]*\);?\s*$/;
/** No list of names is longer; what looks like an open one ends here. */
const MOST_LINES = 300;

/** The numbers of the lines that import: what they name does nothing there. */
export function listImported(lines: readonly string[]): Set<number> {
  const imported = new Set<number>();
  let end: { closes: RegExp; since: number } | null = null;
  for (const [index, line] of lines.entries()) {
    if (end && index - end.since > MOST_LINES) end = null;
    if (end) {
      imported.add(index + 1);
      if (end.closes.test(line)) end = null;
      continue;
    }
    const opened = OPENS.find(({ opens }) => opens.test(line));
    if (opened) end = { closes: opened.closes, since: index };
    if (opened || WHOLE.test(line)) imported.add(index + 1);
  }
  return imported;
}
