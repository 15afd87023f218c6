import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FLAWED } from '../support/stack.ts';
import { keepTempDir, makeRepository, makeTempDir } from '../support/temp.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { path: dir, remove } = keepTempDir();
const user = join(dir, 'user');
const bin = join(dir, 'bin');
const spy = join(dir, 'note-modules.mjs');

/** npm as a user calls it: nothing that the npm around this test told, the checkout's own programs above all. */
const NPM_ENV = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_(package|lifecycle|command|config_(local|global)?_?prefix)|INIT_CWD$|NODE_(PATH|OPTIONS|ENV)$)/.test(
          name,
        ),
    ),
  ),
  PATH: withoutCheckout(process.env.PATH ?? ''),
};

function withoutCheckout(path: string): string {
  const folders = path
    .split(delimiter)
    .filter((folder) => !folder.startsWith(ROOT) && !/[/\\]node_modules[/\\]/.test(folder));
  return [bin, ...folders].join(delimiter);
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, env: NPM_ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The installed program on the Node that runs the tests. It knows no more of the environment than where programs are. */
function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(join(user, 'node_modules/.bin/backend-dev'), args, {
    cwd,
    env: { PATH: NPM_ENV.PATH, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A flaw for every analyser that needs a grammar, WebAssembly or a process of its own. */
const FLAWS = {
  ...FLAWED.change,
  'app/views.py':
    'import requests\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.get("/x")\ndef fetch():\n    return requests.get(request.args["u"]).text\n',
  'cmd/main.go':
    'package main\n\nimport (\n\t"database/sql"\n\t"net/http"\n)\n\nfunc list(db *sql.DB, r *http.Request) {\n\tdb.Query("select * from t where a = \'" + r.URL.Query().Get("a") + "\'")\n}\n',
  'migrations/0002_index.sql': 'create index orders_owner on orders (owner);\n',
  Dockerfile: 'FROM node:24.1.0\nCOPY . .\nCMD ["node", "server.js"]\n',
  'src/keys.ts': `export const stripe = '${['sk', 'live', '51HqT9zKx2mWvR8bYpLd4NcUa7'].join('_')}';\n`,
};

beforeAll(() => {
  mkdirSync(bin);
  symlinkSync(realpathSync(process.execPath), join(bin, 'node'));
  copyFileSync(new URL('../support/note-modules.mjs', import.meta.url), spy);
  // Of a module that was there once.
  mkdirSync(join(ROOT, 'dist/cli'), { recursive: true });
  writeFileSync(join(ROOT, 'dist/cli/gone.js'), '');
  // As `npm publish` makes it: prepack builds dist/.
  const [packed] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', dir)) as { filename: string }[];
  // Without a package.json here, npm would look for one in the folders above.
  mkdirSync(user);
  npm(user, 'init', '-y');
  npm(user, 'install', '--prefer-offline', '--no-audit', '--no-fund', join(dir, packed?.filename ?? ''));
}, 600_000);
afterAll(remove);

it('the packed tarball, installed into an empty folder, reviews: every analyser speaks, from the install alone', async () => {
  const repo = await makeRepository(FLAWED.base, FLAWS);
  const notes = join(makeTempDir(), 'modules');
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(spy).href}`, NOTE_MODULES: notes };
  const { status, stdout, stderr } = run(repo, ['review', '--format', 'json', '--fail-on', 'critical'], env);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const { findings, coverage } = JSON.parse(stdout) as {
    findings: { ruleId: string; path: string }[];
    coverage: { files: { path: string; status: string }[] };
  };
  expect(findings.map(({ ruleId, path }) => `${path} ${ruleId}`).sort()).toEqual([
    'Dockerfile container-runs-as-root',
    'app/views.py missing-request-timeout',
    'app/views.py server-side-request-forgery',
    'cmd/main.go sql-injection',
    'migrations/0002_index.sql index-without-concurrently',
    'src/keys.ts secret-in-source',
    'src/orders.ts sql-injection',
  ]);
  expect(coverage.files.map(({ status: one }) => one)).toEqual(Object.keys(FLAWS).map(() => 'reviewed'));
  const files = readFileSync(notes, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:'));
  const home = pathToFileURL(`${realpathSync(user)}/node_modules/`).href;
  expect(files.filter((url) => !url.startsWith(home) && url !== pathToFileURL(spy).href)).toEqual([]);
  expect(files.length).toBeGreaterThan(10);
});

it('its other commands and exit codes', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const cwd = await makeRepository(FLAWED.base);
  expect(run(cwd, ['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(run(cwd, ['review', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(run(cwd, ['review', '--base', 'no-such-branch'])).toMatchObject({ status: 2, stdout: '' });
  expect(run(cwd, ['scan', 'src', '--fail-on', 'high'])).toMatchObject({ status: 0 });
  expect(run(cwd, ['init'])).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(join(cwd, '.github/backend-dev.yml'))).toBe(true);
  expect(run(cwd, ['config'])).toMatchObject({ status: 0, stderr: '' });
  expect(run(cwd, ['agents'])).toMatchObject({ status: 0, stderr: '' });
  expect(run(cwd, ['completion', 'bash'])).toMatchObject({ status: 0, stderr: '' });
});
