import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
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
