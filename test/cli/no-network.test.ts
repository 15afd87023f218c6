import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));
/** A network of its own, without a way out; where the system gives none, a proxy that nobody answers at. */
const ALONE = ['unshare', '--map-root-user', '--net'];
const hasAlone = spawnSync('unshare', ['--map-root-user', '--net', 'true']).status === 0;
const NOBODY = Object.fromEntries(
  ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'].map((name) => [name, 'http://127.0.0.1:1']),
);

it('a review, a scan and completion need no network at all', async () => {
  const repo = await makeRepository(
    { ...FLAWED.base, '.github/backend-dev.yml': 'comment_at: low\n' },
    {
      ...FLAWED.change,
      'migrations/2.sql': 'create index a on orders (owner);\n',
      Dockerfile: 'FROM node:24\nCMD ["node"]\n',
    },
  );
  const run = (...args: string[]) => {
    const [program = '', ...rest] = [...(hasAlone ? ALONE : []), process.execPath, MAIN, ...args];
    const env = { PATH: process.env.PATH ?? '', ...(hasAlone ? {} : NOBODY) };
    return spawnSync(program, rest, { cwd: repo, env, encoding: 'utf8' });
  };
  const review = run('review', '--base', 'main', '--head', 'feature', '--fail-on', 'critical');
  expect([review.status, review.stderr]).toEqual([1, '']);
  expect(review.stdout).toMatch(/sql-injection[^]*3 of 3 backend files reviewed/);
  expect(run('scan', '.').status).toBe(0);
  expect(run('completion', 'zsh').status).toBe(0);
});
