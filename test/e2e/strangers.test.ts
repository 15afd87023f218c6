import { expect, it } from 'vitest';
import { FLAWED, startStack, waitFor, waitForQuiet } from '../support/stack.ts';
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
  const listRights = (at: number) => sandbox.requests.slice(at).filter((one) => one.template.includes('/permission'));
  // A second flood says nothing new, and its rights are known.
  const asked = sandbox.requests.length;
  await Promise.all(flood.map(({ pull, word }) => sandbox.comment(repository, pull, 'eve', `/backend-dev ${word}`)));
  await waitFor('both to be looked at', () => sandbox.requests.length >= asked + 2);
  expect(answered()).toEqual([1, 1]);
  expect(repository.reactions.map((one) => one.content)).toEqual(['confused', 'confused']);
  const rights = sandbox.requests.filter((one) => one.template.includes('/permission'));
  expect(rights.length).toBeLessThanOrEqual(2);
  expect([first, second].map((pull) => pull.reviews.length)).toEqual([0, 0]);

  // Sixteen comments of sixteen strangers on one pull request, and one of somebody with rights on another of the same repository.
  const third = await open();
  const from = sandbox.requests.length;
  const said = Array.from({ length: 16 }, (_, at) =>
    sandbox.comment(repository, first, `mallory-${at}`, '/backend-dev help'),
  );
  await sandbox.comment(repository, third, 'dana', '/backend-dev help');
  await waitFor('the help for who has rights', () => third.conversation.some((one) => one.author.type === 'Bot'));
  await Promise.all(said);
  await waitFor('the rights of all', () => listRights(from).length >= 17);
  await waitForQuiet(sandbox);
  // What it took to answer: one question for the rights of each, and no word to any of those who had help there before.
  expect(listRights(from).length).toBe(17);
  expect(answered()).toEqual([1, 1]);
  // A review of the same repository does not stand behind them either: it is posted before the second half is looked at again.
  const more = sandbox.requests.length;
  const again = Array.from({ length: 16 }, (_, at) =>
    sandbox.comment(repository, first, `eve-${at}`, '/backend-dev help'),
  );
  await review();
  await Promise.all(again);
  await waitForQuiet(sandbox);
  const posted = sandbox.requests.findIndex(
    ({ method, path }, at) => at >= more && method === 'POST' && path.endsWith('/reviews'),
  );
  expect(
    sandbox.requests.slice(more, posted).filter((one) => one.template.includes('/permission')).length,
  ).toBeLessThan(17);
  expect(answered()).toEqual([1, 1]);
});
