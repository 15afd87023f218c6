import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyseTrees, reviewTrees, type Tree } from '../support/review-trees.ts';

/**
 * Changes as a patch shows them, each after what it shows: ` ` stays, `-` is removed, `+` is added, `=== path` begins a file. At the
 * end of a changed line stands what is said there: grade, rule, and the line that the change armed.
 */
const PROGRAMS = readFileSync(new URL('programs/armed-lines.txt', import.meta.url), 'utf8');
const MARK = / *<! (.*)$/;

function readFiles(patch: string): { path: string; lines: string[] }[] {
  const [, ...parts] = patch.split(/^=== /m);
  return parts.map((part) => {
    const [path = '', ...lines] = part.trimEnd().split('\n');
    return { path, lines };
  });
}

function readSide(files: ReturnType<typeof readFiles>, other: '+' | '-'): Tree {
  const textOf = (lines: readonly string[]): string =>
    lines.flatMap((line) => (line.startsWith(other) ? [] : `${line.slice(1).replace(MARK, '')}\n`)).join('');
  return Object.fromEntries(files.map(({ path, lines }) => [path, textOf(lines)]).filter(([, text]) => text !== ''));
}

const programs = PROGRAMS.split(/^### /m)
  .slice(1)
  .map((text) => {
    const [what = '', ...rest] = text.split('\n');
    return [what, readFiles(rest.join('\n'))] as const;
  });

it.each(programs)('what a change arms: %s', async (_, files) => {
  const [base, head] = [readSide(files, '+'), readSide(files, '-')];
  const changed = Object.fromEntries(Object.entries(head).filter(([path, text]) => base[path] !== text));
  const said = (await reviewTrees(base, changed)).flatMap(({ path, side, startLine, severity, confidence, ...one }) => {
    // What is removed is also told for itself, as a suspicion.
    if (one.ruleId === 'case-removed') return [];
    const line = (side === 'LEFT' ? base : head)[path]?.split('\n')[startLine - 1] ?? '';
    const grade = `${severity}${confidence === 'low' ? '?' : ''}`;
    return `${path} ${side === 'LEFT' ? '-' : '+'}${line.trim()}: ${grade} ${one.ruleId}${one.cause ? `: ${one.cause}` : ''}`;
  });
  const marked = files.flatMap(({ path, lines }) =>
    lines.flatMap((line) => {
      const [, mark] = MARK.exec(line) ?? [];
      return mark ? [`${path} ${line[0]}${line.slice(1).replace(MARK, '').trim()}: ${mark}`] : [];
    }),
  );
  expect(said.sort()).toEqual(marked.sort());
});

const GUARD = "  if (!COLUMNS.includes(sort)) throw new Error('bad sort');\n";
const SORT = `const COLUMNS = ['id', 'total'];\nexport function sortOf(req) {\n  const sort = String(req.query.sort);\n${GUARD}  return sort;\n}\n`;
const LIST =
  "import { pool } from './db.js';\nimport { sortOf } from './sort.js';\nexport const list = async (req, res) => res.json(await pool.query(`select id from orders order by ${sortOf(req)}`));\n";

it.each([
  ['all were looked at', 2, null],
  ['there are too many', 14, 'CALLERS_LEFT'],
])('who calls what lost a check: %s', async (_, count, reasonCode) => {
  const callers = Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/list${at}.ts`, LIST]));
  const base = { 'src/sort.ts': SORT, ...callers };
  const { coverage, findings } = await analyseTrees(base, { 'src/sort.ts': SORT.replace(GUARD, '') });
  expect(coverage).toMatchObject([{ path: 'src/sort.ts', status: 'reviewed', reasonCode }]);
  expect(findings.map(({ ruleId }) => ruleId)).toContain('sql-injection');
  // Where nothing goes away, no caller is looked at.
  const added = await analyseTrees(base, { 'src/sort.ts': `${SORT}export const more = 1;\n` });
  expect(added.coverage).toMatchObject([{ status: 'reviewed', reasonCode: null }]);
});
