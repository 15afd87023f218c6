import type { Side } from '../../src/change/repository.ts';
import { createObjectCache } from '../../src/git/create-object-cache.ts';
import { lockDataDir } from '../../src/queue/data-dir-lock.ts';

/** A process that fetches one repository, to be killed. */
const { dir, remote, sides } = JSON.parse(process.argv[2] ?? '') as {
  dir: string;
  remote: { installationId: number; repositoryId: number; url: string; token: string };
  sides: Record<Side, string>;
};
const log = { info: () => undefined, warn: () => undefined };
const store = createObjectCache({ dir, mostBytes: 100_000_000, lock: lockDataDir, log });
await store.open({ ...remote, token: { get: async () => remote.token, refuse: () => undefined } }, sides);
