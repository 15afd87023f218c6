import { expect, it } from 'vitest';
import { FLAWED, startStack, waitFor } from '../support/stack.ts';
import { makeRepository } from '../support/temp.ts';

it('reviews a pull request within seconds while a stranger floods two others with commands', async () => {
  const { sandbox } = await startStack('postgres');
  const repository = sandbox.addRepository('acme', 'shop', await makeRepository(FLAWED.base, FLAWED.change));
  const open = () => sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Sort' });
  const [first, second] = [await open(), await open()];
  const review = async (): Promise<void> => {
    const pull = await open();
    await sandbox.sendPullRequest(repository, pull, 'opened');
    await waitFor('the summary', () => pull.reviews.length > 0);
  };
  await review();

  const words = ['help', 'ask why', 'review full', 'nonsense', 'config', 'fix', 'help', 'override me'];
  const flood = [first, second].flatMap((pull) => words.map((word) => ({ pull, word })));
  await Promise.all(flood.map(({ pull, word }) => sandbox.comment(repository, pull, 'eve', `/backend-dev ${word}`)));
  await review();

  const answered = () =>
    [first, second].map((pull) => pull.conversation.filter((one) => one.author.type === 'Bot').length);
  await waitFor('one help on each', () => answered().every((count) => count === 1));
  await waitFor('one refusal on each', () => repository.reactions.length === 2);
  // A second flood says nothing new, and its rights are known.
  const asked = sandbox.requests.length;
  await Promise.all(flood.map(({ pull, word }) => sandbox.comment(repository, pull, 'eve', `/backend-dev ${word}`)));
  await waitFor('both to be looked at', () => sandbox.requests.length >= asked + 2);
  expect(answered()).toEqual([1, 1]);
  expect(repository.reactions.map((one) => one.content)).toEqual(['confused', 'confused']);
  const rights = sandbox.requests.filter((one) => one.template.includes('/permission'));
  expect(rights.length).toBeLessThanOrEqual(2);
  expect([first, second].map((pull) => pull.reviews.length)).toEqual([0, 0]);
});
