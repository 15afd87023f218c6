import type { PullRequest } from '../change/pull-request.ts';
import type { Forge, Permission } from '../pipeline/forge.ts';

export type Rights = (github: Pick<Forge, 'readPermission'>, pull: PullRequest, login: string) => Promise<Permission>;

/** How long a "no" is believed, in milliseconds. */
const REFUSED_MS = 60_000;
const MOST = 10_000;

/**
 * The rights of people as GitHub tells them. That somebody may only read is remembered for a minute, so that a stranger's many
 * comments cost one request; a right is asked for anew each time, since it may have been withdrawn in between.
 */
export function createRights(now: () => number): Rights {
  const readers = new Map<string, number>();
  return async (github, pull, login) => {
    const key = `${pull.repositoryId}/${login.toLowerCase()}`;
    const until = readers.get(key);
    if (until !== undefined && until > now()) return 'read';
    readers.delete(key);
    const permission = await github.readPermission(pull, login);
    if (permission === 'read') readers.set(key, now() + REFUSED_MS);
    // The oldest goes: a map keeps the order in which it was filled.
    const [oldest] = readers.keys();
    if (readers.size > MOST && oldest !== undefined) readers.delete(oldest);
    return permission;
  };
}
