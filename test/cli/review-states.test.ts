import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { runGit } from '../../src/git/run-git.ts';
import { makeRepository, pushTree } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));
const AS = ['-c', 'user.name=D', '-c', 'user.email=d@x.y'];

interface Told {
  code: number | null;
  stderr: string;
  said: string[];
  files: Record<string, string>;
}

function review(cwd: string, ...args: string[]): Told {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [MAIN, 'review', '--no-model', '--format', 'json', ...args],
    { cwd, encoding: 'utf8', maxBuffer: 1e8 },
  );
  const { findings, coverage } = JSON.parse(stdout);
  return {
    code: status,
    stderr,
    said: findings.map(({ path, side, startLine, ruleId, explanation }: Record<string, string>) => {
      const [cause = ''] = /\([^()]*\.\)$/.exec(explanation ?? '') ?? [];
      return `${path} ${side} ${startLine} ${ruleId} ${cause}`.trim();
    }),
    files: Object.fromEntries(
      coverage.files.map((one: Record<string, string>) => [one.path, one.reasonCode ?? one.status]),
    ),
  };
}

const PASTED = (line = '') =>
  `import { pool } from './db.js';\n${line}export const find = (req) => pool.query(\`select id from parts where q = '\${req.query.q}'\`);\n`;

const GUARDED = {
  'src/a.ts': `import { pool } from './db.js';
const COLUMNS = ['id', 'total'];
export async function list(req, res) {
  const sort = String(req.query.sort);
  if (!COLUMNS.includes(sort)) return res.status(400).end();
  const size = 10;
  res.json(await pool.query(\`select id from orders order by \${sort} limit $1\`, [size]));
}
`,
  'src/a.py': `from flask import Flask, request
from db import connection

app = Flask(__name__)
COLUMNS = {"id", "total"}


@app.get("/orders")
def orders():
    sort = request.args.get("sort", "id")
    if sort not in COLUMNS: return {"error": "sort"}, 400
    cursor = connection.cursor()
    cursor.execute(f"select id from orders order by {sort}")
    return {"rows": cursor.fetchall()}
`,
  'src/a.go': `package a

import (
	"database/sql"
	"fmt"
	"net/http"
)

func list(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	sort := r.URL.Query().Get("sort")
	if sort != "id" && sort != "total" { http.Error(w, "sort", http.StatusBadRequest); return }
	query := fmt.Sprintf("select id from orders order by %s", sort)
	rows, err := db.QueryContext(r.Context(), query)
	if err != nil {
		return
	}
	defer rows.Close()
}
`,
};
const without = (text: string, at: number) =>
  text
    .split('\n')
    .toSpliced(at - 1, 1)
    .join('\n');

const HONO = `import { Hono } from 'hono';
import { exec } from 'node:child_process';
export const app = new Hono();
app.get('/thumb', (c) => {
  exec('convert ' + c.req.query('name'));
  return c.html(<p>done</p>);
});
`;

it('review of a range: what a removal arms, odd line ends, a submodule, folders that are called like files of a page', async () => {
  const dir = await makeRepository({ ...GUARDED, 'src/z.py': 'X = 1\n', 'src/cr.ts': '', 'src/ls.ts': '' });
  const link = (id: string) => runGit(dir, ['update-index', '--add', '--cacheinfo', `160000,${id.repeat(40)},lib`]);
  await link('1');
  await runGit(dir, [...AS, 'commit', '--quiet', '-m', 'submodule']);
  await runGit(dir, ['branch', '--force', 'main', 'HEAD']);
  await runGit(dir, ['config', 'diff.submodule', 'log']);
  await pushTree(dir, {
    'src/a.ts': without(GUARDED['src/a.ts'], 5),
    'src/a.py': without(GUARDED['src/a.py'], 11),
    'src/a.go': without(GUARDED['src/a.go'], 11),
    'src/cr.ts': PASTED('// a\rdiff --git a/x b/x\r--- a/x\n'),
    'src/ls.ts': PASTED('// a\u2028diff --git a/x b/x\u2028--- a/x\n'),
    'src/z.py': 'X = 1\n\n\ndef f(cur, name):\n    cur.execute("select * from lanes where name = \'" + name + "\'")\n',
    'src/routes/public/find.ts': PASTED(),
    'assets/find.ts': PASTED(),
    'internal/build/run.go': GUARDED['src/a.go'].replace(/^\tif sort.*\n/m, ''),
    'src/app.tsx': HONO,
    'Dockerfile.md': '# FROM node:latest\n\nFROM node\nRUN curl https://example.com/x | sh\n',
    Dockerfile: 'FROM node\nCMD ["node", "a.js"]\n',
  });
  await link('2');
  await runGit(dir, [...AS, 'commit', '--quiet', '-m', 'submodule']);
  const { code, said, files } = review(dir, '--base', 'main', '--head', 'feature');
  expect(said.filter((one) => !one.endsWith('case-removed')).sort()).toEqual([
    'Dockerfile RIGHT 1 image-not-pinned',
    'Dockerfile RIGHT 2 container-runs-as-root',
    'assets/find.ts RIGHT 2 sql-injection',
    'internal/build/run.go RIGHT 10 sql-injection',
    'src/a.go LEFT 11 sql-injection (Without this line, line 11, as it is numbered now, is wrong.)',
    'src/a.py LEFT 11 sql-injection (Without what is removed here, line 12 is wrong.)',
    'src/a.ts LEFT 5 sql-injection (Without what is removed here, line 6 is wrong.)',
    'src/app.tsx RIGHT 5 command-injection',
    'src/cr.ts RIGHT 2 invisible-character',
    'src/cr.ts RIGHT 3 sql-injection',
    'src/ls.ts RIGHT 2 invisible-character',
    'src/ls.ts RIGHT 3 sql-injection',
    'src/routes/public/find.ts RIGHT 2 sql-injection',
    'src/z.py RIGHT 4 sql-injection',
  ]);
  expect(files).toMatchObject({
    'assets/find.ts': 'reviewed',
    'Dockerfile.md': 'CREDENTIALS_ONLY',
    'internal/build/run.go': 'reviewed',
    'src/app.tsx': 'reviewed',
    'src/routes/public/find.ts': 'reviewed',
  });
  expect(code).toBe(0);
});

it('review of a working tree in a merge with a conflict: files that are not yet added, and exit 3 with its cause', async () => {
  const dir = await makeRepository({ 'clash.txt': 'one\n' }, { 'clash.txt': 'two\n' });
  await runGit(dir, ['checkout', '--quiet', 'main']);
  await pushTree(dir, { 'clash.txt': 'three\n' });
  await runGit(dir, [...AS, 'merge', 'feature']).catch(() => null);
  writeFileSync(join(dir, 'find.ts'), PASTED());
  writeFileSync(join(dir, 'large.py'), '# filler\n'.repeat(120_000));
  const { code, said, files, stderr } = review(dir, '--base', 'HEAD');
  expect(said).toEqual(['find.ts RIGHT 2 sql-injection']);
  expect(files).toEqual({ 'clash.txt': 'NOT_BACKEND', 'find.ts': 'reviewed', 'large.py': 'TOO_LARGE' });
  expect([code, stderr]).toEqual([
    3,
    'Exit code 3: not everything could be reviewed. The report says what is missing, and why.\n',
  ]);
});
