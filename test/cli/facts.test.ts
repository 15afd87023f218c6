import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { makeTempDir } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));

function run(cwd: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? '' };
    execFile(process.execPath, [MAIN, 'facts', ...args], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

function write(files: Record<string, string>): string {
  const dir = makeTempDir();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

const APP = `import express from 'express';
import { requireUser } from './auth.js';
const app = express();
app.get('/healthz', (req, res) => res.sendStatus(200));
app.get('/orders', requireUser, async (req, res) => {
  const { rows } = await pool.query('select id, total from orders where owner = $1', [req.user.id]);
  res.json(rows);
});
app.listen(process.env.PORT);
`;

describe('backend-dev facts', () => {
  it('looks at the same files as a scan: among tests those that the service imports, of others’ code what nobody signs', async () => {
    const dir = write({
      'src/app.ts': "export * from './testing/app.js';\n",
      'src/testing/app.ts': APP,
      'tests/app.ts': APP,
      'third_party/own/app.ts': APP,
      'third_party/other/app.ts': APP,
      'third_party/other/LICENSE': 'MIT',
    });
    const { stdout } = await run(dir, '--format', 'json');
    const { routes, coverage } = JSON.parse(stdout) as { routes: { place: { path: string } }[]; coverage: object };
    expect([...new Set(routes.map(({ place }) => place.path))].sort()).toEqual([
      'src/testing/app.ts',
      'third_party/own/app.ts',
    ]);
    expect(coverage).toMatchObject({ files: 3, complete: true });
  });

  it('prints a table for people, the routes first', async () => {
    const dir = write({
      'src/app.ts': APP,
      'src/app.test.ts': `describe('app', () => {});\n${APP}`,
      'node_modules/x/index.js': APP,
    });
    expect(await run(dir)).toEqual({
      code: 0,
      stderr: '',
      stdout: `Routes (2)
  src/app.ts
    4  GET  /healthz  open  inline function  200
    5  GET  /orders   auth  inline function       after requireUser

Queries (1)
  src/app.ts
    6  select  orders  id, total  where owner

Settings (1)
    PORT          src/app.ts:9

1 file: 2 routes, 1 query, 1 setting
`,
    });
  });

  it('prints JSON of schemaVersion 1', async () => {
    const dir = write({ 'src/app.ts': APP });
    const { stdout } = await run(dir, 'src', '--format', 'json');
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual([
      'schemaVersion',
      'tool',
      'routes',
      'answers',
      'inputs',
      'queries',
      'outgoing',
      'consumers',
      'producers',
      'procedures',
      'settings',
      'repeated',
      'overwrites',
      'slips',
      'transactions',
      'coverage',
    ]);
    expect(report).toMatchObject({
      schemaVersion: 1,
      routes: [
        { method: 'GET', path: '/healthz', authorised: false, statuses: [200] },
        {
          method: 'GET',
          path: '/orders',
          authorised: true,
          middleware: [{ name: 'requireUser', does: ['authorises'] }],
          place: { path: 'src/app.ts', startLine: 5, endLine: 8 },
        },
      ],
      coverage: { files: 1, complete: true, left: [] },
    });
  });

  it('names what it could not read, and ends with 3; a name is one line, whatever is in it', async () => {
    const dir = write({ 'src/app.ts': APP, 'src/a\nRoutes (9)\n.ts': APP, 'src/big.ts': '// x\n'.repeat(250_000) });
    const { code, stdout, stderr } = await run(dir);
    expect(stdout.split('\n').filter((line) => line.startsWith('Routes'))).toEqual(['Routes (4)']);
    expect(stdout).toContain('\n  src/a\\nRoutes (9)\\n.ts\n');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Exit code 3: not everything/);
    expect(stdout).toContain('Not read: src/big.ts: larger than 1 MB, or longer than 100,000 lines');
  });

  it('of a folder elsewhere, each place leads there, and routes stay what they are', async () => {
    const dir = write({ 'shop/src/app.ts': APP, 'here/a.txt': '' });
    const { stdout } = await run(join(dir, 'here'), '../shop', '--format', 'json');
    const { routes, queries } = JSON.parse(stdout);
    expect(routes.map(({ path }: { path: string }) => path)).toEqual(['/healthz', '/orders']);
    expect([routes[0].place.path, routes[0].handler.place.path, queries[0].place.path]).toEqual(
      Array(3).fill('../shop/src/app.ts'),
    );
  });

  it('--repo names the folder that the paths are in', async () => {
    const dir = write({ 'shop/src/app.ts': APP, 'other/src/app.ts': APP });
    const { code, stdout } = await run(dir, '--repo', 'shop', 'src');
    expect([code, stdout.split('\n')[1]]).toEqual([0, '  src/app.ts']);
  });

  it('a folder without a program, and a path that is not there', async () => {
    expect(await run(write({ 'README.md': '# x' }))).toEqual({ code: 0, stderr: '', stdout: '0 files: no facts\n' });
    const missing = await run(write({}), 'nowhere');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('nowhere: there is no such file or folder');
  });
});
