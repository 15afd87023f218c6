import { z } from 'zod';
import { type EventOutcome, ignored } from './event.ts';
import { PayloadOrigin } from './payload.ts';

const Installation = PayloadOrigin.pick({ action: true, installation: true });
const Repositories = Installation.extend({
  repositories_removed: z.array(PayloadOrigin.shape.repository.pick({ id: true })),
});

/** `installation` events. GitHub sends them to every App, subscribed or not. */
export function decodeInstallation(payload: unknown): EventOutcome {
  const parsed = Installation.safeParse(payload);
  if (!parsed.success) return ignored('an installation event without the fields that are needed');
  const { action, installation } = parsed.data;
  const installationId = installation.id;
  if (action === 'suspend') return { kind: 'installation', change: { kind: 'suspended', installationId } };
  if (action === 'unsuspend' || action === 'created')
    return { kind: 'installation', change: { kind: 'resumed', installationId } };
  if (action === 'deleted')
    return { kind: 'installation', change: { kind: 'removed', installationId, repositoryIds: null } };
  return ignored(`installation.${action}`);
}

/** `installation_repositories` events, sent to every App as well. What is added is reviewed from its next event on. */
export function decodeInstallationRepositories(payload: unknown): EventOutcome {
  const parsed = Repositories.safeParse(payload);
  if (!parsed.success) return ignored('an installation_repositories event without the fields that are needed');
  const { action, installation, repositories_removed: removed } = parsed.data;
  if (action !== 'removed') return ignored(`installation_repositories.${action}`);
  const repositoryIds = removed.map((one) => one.id);
  return { kind: 'installation', change: { kind: 'removed', installationId: installation.id, repositoryIds } };
}

/** `repository` events, where the App is subscribed to them. */
export function decodeRepository(payload: unknown): EventOutcome {
  const parsed = PayloadOrigin.safeParse(payload);
  if (!parsed.success) return ignored('a repository event without the fields that are needed');
  const { action, installation, repository } = parsed.data;
  const common = { installationId: installation.id };
  if (action === 'deleted')
    return { kind: 'installation', change: { ...common, kind: 'removed', repositoryIds: [repository.id] } };
  if (action === 'renamed' || action === 'transferred') {
    const { id: repositoryId, name: repo, owner } = repository;
    return { kind: 'installation', change: { ...common, kind: 'renamed', repositoryId, owner: owner.login, repo } };
  }
  return ignored(`repository.${action}`);
}
