import { expect, it } from 'vitest';
import { FLAWED, startStack, waitFor, waitForCheck, waitForQuiet } from '../support/stack.ts';
import { makeRepository } from '../support/temp.ts';

it('obeys commands of people who may, and of nobody else', async () => {
  const { sandbox } = await startStack('postgres');
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  const say = (login: string, body: string, options?: { type?: 'User' | 'Bot'; action?: string }) =>
    sandbox.comment(repository, pull, login, body, options);

  for (const [login, body, options] of [
    ['eve', 'please /backend-dev review', {}],
    ['eve', '> /backend-dev review', {}],
    ['eve', '```\n/backend-dev review\n```', {}],
    ['eve', '/backеnd-dev review', {}], // a Cyrillic е
    ['acme', '/backend-dev review', { action: 'edited' }],
    ['backend-dev[bot]', '/backend-dev review', { type: 'Bot' }],
  ] as const) {
    expect((await say(login, body, options)).status).toBe(200);
  }
  await waitForQuiet(sandbox);
  expect(sandbox.requests).toEqual([]);

  const refused = await say('eve', '/backend-dev review');
  await waitFor('the quiet refusal', () =>
    repository.reactions.some((one) => one.commentId === refused.id && one.content === 'confused'),
  );
  expect(pull.reviews).toEqual([]);

  await say('eve', '/backend-dev help');
  await waitFor('help', () => pull.conversation.some((comment) => comment.body.includes('Write one of these')));
  expect(repository.reactions).toEqual([{ commentId: refused.id, content: 'confused' }]);

  repository.collaborators.set('tim', 'triage');
  await say('tim', '/backend-dev rewiev');
  await waitFor('the nearest command', () =>
    pull.conversation.some((comment) => comment.body.includes('Did you mean `/backend-dev review`?')),
  );

  const asked = await say('tim', '/backend-dev');
  await waitForCheck(repository, pull);
  expect(repository.reactions).toContainEqual({ commentId: asked.id, content: 'eyes' });
  expect(pull.reviews).toHaveLength(1);

  await say('dana', '/backend-dev review');
  await waitFor('the summary to be edited', () => pull.reviews[0]?.body.includes('not repeated') === true);
  expect(pull.reviews).toHaveLength(1);
  expect(pull.comments).toHaveLength(1);
});
