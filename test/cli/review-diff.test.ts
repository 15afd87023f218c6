import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { makeDubious, makeRunning } from '../support/run-nothing.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));

it('git diff | backend-dev review --diff -: what is not committed; --quiet says nothing where nothing is', async () => {
  const cwd = await makeRepository(FLAWED.base);
  const review = (input: string | Buffer, ...args: string[]) =>
    spawnSync(process.execPath, [MAIN, 'review', '--no-model', '--diff', '-', ...args], { cwd, input });
  writeFileSync(join(cwd, 'src/orders.ts'), FLAWED.change['src/orders.ts']);
  const patch = spawnSync('git', ['diff'], { cwd }).stdout;
  const found = review(patch, '--format', 'json', '--fail-on', 'high');
  expect(JSON.parse(found.stdout.toString())).toMatchObject({
    base: null,
    head: null,
    findings: [{ ruleId: 'sql-injection', path: 'src/orders.ts', startLine: 3 }],
  });
  expect([found.status, found.stderr.toString()]).toEqual([1, '']);
  const silent = review('', '--quiet');
  expect([silent.status, silent.stdout.toString(), silent.stderr.toString()]).toEqual([0, '', '']);
  const wrong = review(patch.toString().replace(/^\+/gm, '+x'));
  expect([wrong.status, wrong.stdout.toString()]).toEqual([2, '']);
  expect(wrong.stderr.toString()).toContain('PATCH_INVALID: the patch of --diff does not fit the working tree');
});

it('backend-dev review of a checkout that git refuses as somebody else’s reviews it and runs nothing of it', async () => {
  const cwd = await makeRepository(FLAWED.base);
  const mark = await makeRunning(cwd);
  writeFileSync(join(cwd, 'src/orders.ts'), FLAWED.change['src/orders.ts']);
  const env = { PATH: makeDubious(cwd) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'review', '--no-model', '--format', 'json'], {
    cwd,
    env,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ ruleId: 'sql-injection', path: 'src/orders.ts' }] });
  expect(existsSync(mark)).toBe(false);
});
