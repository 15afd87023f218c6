import { expect, it } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { bad, good, openPull } from '../support/live-pull.ts';
import { startStack, waitFor, waitForQuiet } from '../support/stack.ts';

it('reviews anew what is compared with another base branch, there and back, and nothing for another title', async () => {
  const { sandbox } = await startStack('postgres');
  const live = await openPull(sandbox, { 'README.md': '' }, { 'src/a.ts': bad('list') });
  // In `release` the flaw stands already: against it the change is another one.
  await runGit(live.dir, ['branch', '-q', 'release', 'feature']);
  await live.push({ 'src/b.ts': good('other') });
  const check = (): string => live.see().at(-1) ?? '';
  expect(check()).toContain('1 finding');
  const checks = live.repository.checks.length;

  await waitForQuiet(sandbox);
  const asked = sandbox.requests.length;
  await sandbox.sendPullRequest(live.repository, live.pull, 'edited', undefined, { title: { from: 'x' } });
  await waitForQuiet(sandbox);
  expect(sandbox.requests).toHaveLength(asked);

  for (const [base, wanted] of [
    ['release', /^check success/],
    ['main', /^check (neutral|failure): 1 finding/],
    ['release', /^check success/],
  ] as const) {
    expect(await sandbox.retarget(live.repository, live.pull, base)).toBe(200);
    await waitFor(`the check against ${base}`, () => wanted.test(check()));
  }
  // One check of this head, opened again each time.
  expect(live.repository.checks).toHaveLength(checks);
});

it('does not let the success of another base stand where the new one is not reviewed', async () => {
  const { sandbox } = await startStack('postgres');
  const config = 'base_branches: [main]\n';
  const live = await openPull(
    sandbox,
    { '.github/backend-dev.yml': config, 'src/a.ts': good('list') },
    { 'src/b.ts': good('other') },
  );
  expect(live.see().at(-1)).toMatch(/^check success/);
  await runGit(live.dir, ['branch', '-q', 'release', 'main']);
  await sandbox.retarget(live.repository, live.pull, 'release');
  await waitFor('the check to say so', () => live.see().at(-1)?.startsWith('check neutral') === true);
  expect(live.see().at(-1)).toContain(
    'Not reviewed: the base branch is now release (base branch release is not among base_branches)',
  );
});
