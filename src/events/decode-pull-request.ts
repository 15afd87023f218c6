import { z } from 'zod';
import { type EventOutcome, ignored } from './event.ts';
import { PayloadOrigin, PullNumber } from './payload.ts';

const Payload = PayloadOrigin.extend({
  pull_request: z.object({ number: PullNumber }),
  changes: z.object({ base: z.object({}).optional() }).optional(),
});

const ACTIONS = ['opened', 'reopened', 'synchronize', 'ready_for_review'] as const;

/** `pull_request` events. Draft, bot and closed pull requests are decided later, on what GitHub says then. */
export function decodePullRequest(payload: unknown): EventOutcome {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return ignored('a pull_request event without the fields that are needed');
  const { action, installation, repository, pull_request: pull, changes } = parsed.data;
  const pullRequest = {
    installationId: installation.id,
    repositoryId: repository.id,
    number: pull.number,
    owner: repository.owner.login,
    repo: repository.name,
  };
  if (action === 'closed') return { kind: 'trigger', pullRequest, trigger: { kind: 'closed' } };
  // Another base branch is another change; a new title or description is none.
  const known = action === 'edited' && changes?.base ? 'retargeted' : ACTIONS.find((one) => one === action);
  return known
    ? { kind: 'trigger', pullRequest, trigger: { kind: 'pull-request', action: known } }
    : ignored(`pull_request.${action}`);
}
