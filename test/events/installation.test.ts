import { expect, it } from 'vitest';
import {
  decodeInstallation,
  decodeInstallationRepositories,
  decodeRepository,
} from '../../src/events/decode-installation.ts';
import { decodePullRequest } from '../../src/events/decode-pull-request.ts';

const installation = { id: 7 };
const repository = { id: 2, name: 'shop', owner: { login: 'acme' } };

it.each([
  ['suspend', { kind: 'suspended', installationId: 7 }],
  ['unsuspend', { kind: 'resumed', installationId: 7 }],
  ['created', { kind: 'resumed', installationId: 7 }],
  ['deleted', { kind: 'removed', installationId: 7, repositoryIds: null }],
])('installation.%s', (action, change) => {
  expect(decodeInstallation({ action, installation })).toEqual({ kind: 'installation', change });
});

it('knows which repositories were removed, renamed and deleted', () => {
  expect(
    decodeInstallationRepositories({ action: 'removed', installation, repositories_removed: [{ id: 2 }, { id: 3 }] }),
  ).toMatchObject({ change: { kind: 'removed', repositoryIds: [2, 3] } });
  expect(decodeRepository({ action: 'deleted', installation, repository })).toMatchObject({
    change: { kind: 'removed', repositoryIds: [2] },
  });
  for (const action of ['renamed', 'transferred'])
    expect(decodeRepository({ action, installation, repository })).toMatchObject({
      change: { kind: 'renamed', repositoryId: 2, owner: 'acme', repo: 'shop' },
    });
});

it.each([
  ['another action', decodeInstallation({ action: 'new_permissions_accepted', installation })],
  [
    'repositories that were added',
    decodeInstallationRepositories({ action: 'added', installation, repositories_removed: [] }),
  ],
  ['null', decodeInstallation(null)],
  ['no installation', decodeRepository({ action: 'deleted', repository })],
  ['a removal that names nothing', decodeInstallationRepositories({ action: 'removed', installation })],
])('%s is ignored', (_, outcome) => {
  expect(outcome.kind).toBe('ignored');
});

it('takes another base branch for another change, and another title for none', () => {
  const edited = (changes: unknown) =>
    decodePullRequest({
      action: 'edited',
      changes,
      installation,
      repository,
      pull_request: { number: 3, head: { ref: 'x' } },
    });
  expect(edited({ base: { ref: { from: 'main' }, sha: { from: 'a' } } })).toMatchObject({
    trigger: { kind: 'pull-request', action: 'retargeted' },
  });
  for (const changes of [{ title: { from: 'x' } }, {}, undefined]) expect(edited(changes).kind).toBe('ignored');
});
