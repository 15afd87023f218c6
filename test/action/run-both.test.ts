import { expect, it } from 'vitest';
import { bad, good, openPull } from '../support/live-pull.ts';
import { runStep, stepFor } from '../support/run-action.ts';
import { startStack, waitFor } from '../support/stack.ts';
import { pushTree } from '../support/temp.ts';

const BASE = { 'src/a.ts': 'export const a = 1;\n' };

it('App, then Action, then App: nothing is said twice, and what each said it keeps up to date', async () => {
  const { sandbox } = await startStack('postgres');
  const it = await openPull(sandbox, BASE, { 'src/a.ts': bad('one') });
  const { pull, repository, dir } = it;
  const inline = () => pull.comments.map(({ path, author }) => `${path} ${author.login}`);
  const step = () => runStep(sandbox, stepFor(sandbox, pull, { repository: `acme/${repository.name}` }));
  expect(inline()).toEqual(['src/a.ts backend-dev[bot]']);

  // The App is away; its line moves, and another flaw comes.
  const webhook = sandbox.webhook() ?? '';
  sandbox.setWebhook('');
  await pushTree(dir, { 'src/a.ts': `// moved\n${bad('one')}`, 'src/b.ts': bad('two') });
  await sandbox.refresh(repository, pull);
  expect(await step()).toMatchObject({ code: 0, outputs: { findings: '2', critical: '2' } });
  expect(inline()).toEqual(['src/a.ts backend-dev[bot]', 'src/b.ts github-actions[bot]']);
  const ours = pull.reviews.find(({ author }) => author.login === 'github-actions[bot]');
  expect(ours?.body).toContain('2 findings: 2 critical');
  expect(ours?.body).toContain('said by backend-dev');
  await step();
  expect([inline().length, pull.reviews.length]).toEqual([2, 2]);

  // Now the App again, and one more flaw.
  sandbox.setWebhook(webhook);
  await it.push({ 'src/c.ts': bad('three') });
  expect(inline()).toEqual(['src/a.ts backend-dev[bot]', 'src/b.ts github-actions[bot]', 'src/c.ts backend-dev[bot]']);
  expect(it.summary()).toContain('3 findings: 3 critical');
  expect(it.summary()).toContain('said by github-actions');

  // What is fixed is told by whoever said it; the App closes the thread of the Action as well.
  await it.push({ 'src/a.ts': good('one'), 'src/b.ts': good('two'), 'src/c.ts': good('three') });
  expect(it.see().at(-1)).toContain('check success');
  expect(pull.resolved.size).toBe(3);
  expect(await step()).toMatchObject({ code: 0, outputs: { findings: '0' } });
  expect(inline().length).toBe(3);
  expect(pull.comments[1]?.body).toContain('**Fixed in ');
});

it('what people ignore: by the App also in a thread of the Action; the Action does not say it again, and counts it', async () => {
  const { sandbox } = await startStack('postgres');
  const it = await openPull(sandbox, BASE, { 'src/a.ts': bad('one') });
  const { pull, repository, dir } = it;
  const inline = () =>
    pull.comments.filter(({ id, root }) => id === root).map(({ path, author }) => `${path} ${author.login}`);
  const step = (inputs: Record<string, string> = {}) =>
    runStep(
      sandbox,
      stepFor(sandbox, pull, { repository: `acme/${repository.name}`, inputs: { 'fail-on': 'critical', ...inputs } }),
    );
  const webhook = sandbox.webhook() ?? '';
  sandbox.setWebhook('');
  await pushTree(dir, { 'src/b.ts': bad('two') });
  await sandbox.refresh(repository, pull);
  await step();
  sandbox.setWebhook(webhook);
  await it.sync();
  const both = ['src/a.ts backend-dev[bot]', 'src/b.ts github-actions[bot]'];
  expect(inline()).toEqual(both);

  await it.say('wes', '/backend-dev ignore read by dana', 0);
  await it.say('wes', '/backend-dev ignore from a list', 1);
  await waitFor('the check', () => repository.checks.at(-1)?.conclusion === 'success');
  expect(it.summary()).toContain('read by dana');
  expect(it.summary()).toContain('from a list');

  // A job has no key that tells the App's word from an edited one.
  expect(await step()).toMatchObject({ code: 1, outputs: { findings: '2', critical: '2' } });
  expect(await step({ app: 'somebody-else' })).toMatchObject({ code: 1, outputs: { findings: '2' } });
  // Whoever writes the workflow may name the App that is believed; what it said in its own threads counts then.
  const believed = await step({ app: 'backend-dev' });
  expect(believed).toMatchObject({ code: 1, outputs: { findings: '1', critical: '1' } });
  expect(believed.summary).toContain('read by dana');
  expect(inline()).toEqual(both);
  // Worse than what was ignored is another flaw, and a fixed one none.
  await it.push({ 'src/b.ts': good('two') });
  expect(await step({ app: 'backend-dev' })).toMatchObject({ code: 0, outputs: { findings: '0' } });
});
