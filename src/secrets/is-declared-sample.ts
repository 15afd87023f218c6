/** Words by which a declaration says that its values are made up: `mockConfig`, `samples`, `createDemoProject`, `EXAMPLE_KEY`. */
const SAMPLE =
  /(?<![A-Za-z])(?:mock(?:ed|s)?|fake[ds]?|dumm(?:y|ies)|stub(?:bed|s)?|samples?|fixtures?|examples?|demos?)(?![a-z])|(?<=[a-z0-9])(?:Mock(?:ed|s)?|Fake[ds]?|Dumm(?:y|ies)|Stub(?:bed|s)?|Samples?|Fixtures?|Examples?|Demos?)(?![a-z])|(?<![A-Za-z])(?:Mock|Fake|Dummy|Stub|Sample|Fixture|Example|Demo|MOCK|FAKE|DUMMY|STUB|SAMPLE|FIXTURE|EXAMPLE|DEMO)(?:ed|s|ED|S)?(?![a-z])/;

/** The same, in words on the line itself, also inside strings. */
const SAID = /\b(?:example|e\.g\.|sample|dummy|fake|mock|placeholder|test|testing)s?\b/i;

/** A comment above says for whom the value is: "… is useful for e2e tests". */
const FOR_TESTS = /^\s*(?:\/\/|#|\*|--).*\bfor (?:the |our |e2e |unit |integration |end-to-end )*tests?\b/i;

/** "… that has been modified to not be valid", "an invalid token". */
const OPENS_NOTHING =
  /^\s*(?:\/\/|#|\*|--).*\b(?:not|no longer) (?:be |a |an )?(?:valid|real)\b|^\s*(?:\/\/|#|\*|--).*\b(?:made[- ]up|invalid(?:ated)?|fake|dummy) (?:\w+ )?(?:token|key|password|secret|credentials?|url|webhook)\b/i;

/** "Not for tests", "for tests and production". */
const NOT_ALONE = /\b(?:not|never|no|except|besides|prod(?:uction)?|live)\b|n['’]t\b/i;

/** How far back declarations are looked for, in characters and in lines. */
const MOST_BACK = 20_000;
const MOST_LINES = 400;

/**
 * Whether a declaration around this place names its value a sample: the statement itself, or a less indented line above it that
 * opens a block (`const mockConfig = {`, `samples = [`, `func createDemo(`, `example:`). Words inside strings do not count.
 */
export function isDeclaredSample(text: string, at: number): boolean {
  const from = Math.max(0, at - MOST_BACK);
  const lines = text.slice(from, at).split('\n');
  const own = shorten(lines.pop() ?? '');
  if (names(own) || SAID.test(own)) return true;
  if (isCommented(lines)) return true;
  let depth = indentOf(own);
  for (let index = lines.length - 1, seen = 0; index >= 0 && seen < MOST_LINES && depth > 0; index--, seen++) {
    const line = lines[index] ?? '';
    if (line.trim() === '' || line.length > 400) continue;
    const indent = indentOf(line);
    if (indent >= depth && !/[=:]\s*$/.test(line)) continue;
    if (indent > depth) continue;
    depth = Math.min(depth, indent);
    if (names(line)) return true;
  }
  return false;
}

/** Above the line, or above its key where the value stands on a line of its own. */
function isCommented(lines: readonly string[]): boolean {
  const above = lines.at(-1) ?? '';
  const comment = shorten(/[=:]\s*$/.test(above) ? (lines.at(-2) ?? '') : above);
  return OPENS_NOTHING.test(comment) || (FOR_TESTS.test(comment) && !NOT_ALONE.test(comment));
}

/** A line may be a megabyte. */
function shorten(line: string): string {
  return line.length > 400 ? `${line.slice(0, 200)} ${line.slice(-200)}` : line;
}

/** A function or a class called so is sample code perhaps, and what it holds may be real all the same. */
const CALLED_SO =
  /\b(?:def|func(?:tion)?|fn|class|struct|interface|module|namespace|void)\s+(?:examples?|samples?|demos?)\b/gi;

function names(line: string): boolean {
  // A key in quotes is a name; any other string is a value.
  return SAMPLE.test(line.replace(CALLED_SO, '').replace(/(["'`])((?:(?!\1)[^\\])*)\1(?!\s*:)/g, ''));
}

function indentOf(line: string): number {
  const blank = /^[ \t]*(?:- )?/.exec(line)?.[0] ?? '';
  return blank.replaceAll('\t', '    ').length;
}
