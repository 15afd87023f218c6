import { expect, it } from 'vitest';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

const find = (name: string, pasted = 'name'): string =>
  `export function ${name}(name) {\n  return pool.query(\`select id from parts where name = '\${${pasted}}'\`);\n}\n`;
const IMPORT = "import { pool } from './db.js';\n";
const REST = 'export const size = 10;\n';
const PYTHON = 'def load(text):\n    return yaml.load(text, Loader=yaml.UnsafeLoader)\n';
const GO = 'func start() error { return http.ListenAndServe(":8080", router()) }\n';

it.each<[string, Tree, Tree, string[]]>([
  [
    'moved',
    { 'src/a.ts': IMPORT + find('find') + REST },
    { 'src/a.ts': IMPORT + REST, 'src/b.ts': IMPORT + find('find') },
    [],
  ],
  [
    'moved, re-indented and called otherwise',
    { 'src/a.ts': IMPORT + find('find') + REST },
    {
      'src/a.ts': IMPORT + REST,
      'src/b.ts': `${IMPORT}export const parts = {\n${find('byName').replace('export function ', '').replace(/^/gm, '  ')}};\n`,
    },
    [],
  ],
  [
    'moved between files that both were there',
    { 'src/a.ts': IMPORT + find('find') + REST, 'src/b.ts': IMPORT + REST },
    { 'src/a.ts': IMPORT + REST, 'src/b.ts': IMPORT + REST + find('find') },
    [],
  ],
  [
    'copied',
    { 'src/a.ts': IMPORT + find('find') + REST },
    { 'src/a.ts': `${IMPORT}${find('find')}// more\n${REST}`, 'src/b.ts': IMPORT + find('find') },
    ['src/b.ts:3 sql-injection'],
  ],
  [
    'moved, and a second one beside it',
    { 'src/a.ts': IMPORT + find('find') + REST },
    { 'src/a.ts': IMPORT + REST, 'src/b.ts': IMPORT + find('find') + find('other') },
    ['src/b.ts:6 sql-injection'],
  ],
  [
    'moved to where strangers reach it',
    { 'src/a.ts': IMPORT + find('find') + REST },
    {
      'src/a.ts': IMPORT + REST,
      'src/b.ts': `${IMPORT}export function find(req) {\n  const { name } = req.query;\n${find('x').split('\n').slice(1).join('\n')}`,
    },
    ['src/b.ts:4 sql-injection'],
  ],
  [
    'moved, in Python',
    { 'a.py': `import yaml\n\n\n${PYTHON}\n\nX = 1\n` },
    { 'a.py': 'X = 1\n', 'b.py': `import yaml\n\n\n${PYTHON}` },
    [],
  ],
  [
    'moved, in Go',
    { 'a.go': `package a\n\nimport "net/http"\n\n${GO}` },
    { 'a.go': 'package a\n', 'b.go': `package a\n\nimport "net/http"\n\n${GO}` },
    [],
  ],
])('a flaw that is %s to another file', async (_, base, changed, expected) => {
  const found = await reviewTrees(base, changed);
  expect(found.map(({ path, startLine, ruleId }) => `${path}:${startLine} ${ruleId}`)).toEqual(expected);
});
