import { expect, it } from 'vitest';
import { createRights } from '../../src/worker/create-rights.ts';
import { makePullRequest } from '../support/pull-request.ts';

it('remembers for a minute that somebody may only read, asks for a right each time, and believes no fault', async () => {
  let now = 0;
  let asked = 0;
  const pull = makePullRequest();
  const rights = createRights(() => now);
  const ask = (login: string, permission: 'read' | 'write' | 'none') =>
    rights({ readPermission: async () => (asked++, permission) }, pull, login);
  for (let time = 0; time < 16; time++) expect(await ask('eve', 'read')).toBe('read');
  expect(await ask('EVE', 'write')).toBe('read');
  expect(asked).toBe(1);
  now = 60_001;
  expect(await ask('eve', 'write')).toBe('write');
  expect(await ask('eve', 'read')).toBe('read');
  expect(await ask('tim', 'none')).toBe('none');
  expect(await ask('tim', 'write')).toBe('write');
  expect(asked).toBe(5);
  // In another repository it is another question.
  expect(await rights({ readPermission: async () => 'admin' }, { ...pull, repositoryId: 9 }, 'eve')).toBe('admin');
});

it('keeps a bounded memory', async () => {
  const rights = createRights(() => 0);
  let asked = 0;
  const github = { readPermission: async () => (asked++, 'read' as const) };
  for (let person = 0; person <= 10_000; person++) await rights(github, makePullRequest(), `p${person}`);
  await rights(github, makePullRequest(), 'p10000');
  await rights(github, makePullRequest(), 'p0');
  expect(asked).toBe(10_002);
});
