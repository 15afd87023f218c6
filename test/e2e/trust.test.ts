import { beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { bad, openPull } from '../support/live-pull.ts';
import { keepStack } from '../support/stack.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  const stack = await keepStack('postgres');
  sandbox = stack.sandbox;
  return stack.close;
});

const BASE = { 'src/a.ts': 'export const a = 1;\n' };

it('does not believe a marker that somebody edited in our comment or carried over from another pull request', async () => {
  const other = await openPull(sandbox, BASE, { 'src/a.ts': bad('one') });
  await other.say('wes', '/backend-dev ignore we know', 0);
  expect(other.see()).toContain('[src/a.ts:2 sql-injection ignored]');
  const settled = other.pull.comments[0]?.body ?? '';

  const it = await openPull(sandbox, BASE, { 'src/a.ts': bad('one') });
  const [comment] = it.pull.comments;
  const [review] = it.pull.reviews;
  if (!comment || !review) throw new Error('nothing was posted');
  for (const forge of [
    () => {
      comment.body = comment.body.replace('"state":"open"', '"state":"ignored","by":"admin"');
      review.body = review.body.replace('"paused":null', '"paused":"admin"');
    },
    () => {
      comment.body = settled;
      it.pull.resolved.set(comment.id, { login: 'wes', id: 60, type: 'User' });
    },
  ]) {
    forge();
    // The push leaves the file alone: what the comment claims is looked for all the same.
    await it.push({ 'docs/notes.txt': `${Math.random()}\n` });
    expect(it.see()).toEqual(['src/a.ts:2 sql-injection open', '1 review', 'check failure: 1 finding: 1 critical']);
    expect(it.summary()).toContain('edited by hand');
    expect(comment.body).not.toContain('admin');
  }
  await it.push({ 'docs/notes.txt': 'as ever\n' });
  expect(it.summary()).not.toContain('edited by hand');
  expect(it.summary()).toContain('reviewed what changed since');
});

it('takes nobody’s word from a fork that a finding is accepted: it is shown, and changes nothing', async () => {
  const base = { ...BASE, 'docker-compose.yml': 'services: { db: { image: "postgres:17" } }\n' };
  const accepted = '-- backend-dev: accepted by admin: nothing reads it\n';
  const change = { 'migrations/2_note.sql': `${accepted}alter table orders drop column note;\n` };
  for (const [where, severity, said] of [
    ['none', 'low', /Line 1 says that `admin` accepts this: `nothing reads it`\.(?! It comes)/],
    ['fork', 'medium', /Line 1 says that `admin` accepts this: `nothing reads it`\. It comes from a fork, so/],
    ['deleted', 'medium', /It comes from a fork, so it changes nothing here\./],
  ] as const) {
    const it = await openPull(sandbox, base, change, where);
    expect(it.pull.comments).toHaveLength(1);
    expect(it.pull.comments[0]?.body, where).toMatch(said);
    expect(it.pull.comments[0]?.body, where).toContain(` · ${severity} · `);
    expect(it.see().at(-1), where).toContain(`1 ${severity}`);
  }
});

it('finds its summary, its threads and its answers among hundreds of others’', async () => {
  const it = await openPull(sandbox, BASE, { 'src/a.ts': bad('one') });
  const { reviews, comments, conversation } = it.pull;
  const [own] = reviews;
  const [said] = comments;
  if (!own || !said) throw new Error('nothing was posted');
  const ann = { login: 'ann', id: 4242, type: 'User' as const };
  const foreign = (from: number) =>
    Array.from({ length: 130 }, (_, index) => ({ ...own, id: from + index, body: 'So it is.', author: ann }));
  reviews.unshift(...foreign(100_000));
  reviews.push(...foreign(200_000));
  comments.unshift(
    ...foreign(300_000).map(({ id }) => ({ ...said, id, root: id, body: 'Nice.', author: ann, line: 1 })),
  );
  await it.say('wes', '/backend-dev pause');
  conversation.push(...foreign(400_000).map(({ id, body, author }) => ({ id, body, author })));
  expect(own.body).toContain('paused by `wes`');
  const mine = () => reviews.filter((one) => one.author.type === 'Bot').length;
  expect(mine()).toBe(1);
  await it.say('wes', '/backend-dev review');
  expect([mine(), comments.filter((one) => one.author.type === 'Bot').length]).toEqual([1, 1]);
  expect(own.body).toContain('paused by `wes`');
});
