import { z } from 'zod';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { type EventOutcome, ignored } from './event.ts';
import { Id, PayloadOrigin, PayloadSender, PullNumber } from './payload.ts';

const Payload = PayloadOrigin.extend({
  sender: PayloadSender,
  requested_action: z.object({ identifier: z.string() }).optional(),
  check_run: z.object({
    app: z.object({ id: Id }).nullable(),
    pull_requests: z.array(z.object({ number: PullNumber })),
  }),
});

/** What the buttons of our check stand for; GitHub's own "Re-run" is a full review. */
const BUTTONS = new Map([
  ['review', 'review full'],
  ['fix', 'fix'],
]);

/**
 * `check_run` events: the buttons of our own check. GitHub lists no pull request for a head in a fork; there the commands in
 * a comment do the same.
 */
export function decodeCheckRun(payload: unknown, appId: number): EventOutcome {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return ignored('a check_run event without the fields that are needed');
  const { action, check_run: check, requested_action: requested, installation, repository, sender } = parsed.data;
  if (check.app?.id !== appId) return ignored('a check of another App');
  if (sender.type === 'Bot') return ignored('asked for by a bot');
  const command =
    action === 'rerequested'
      ? 'review full'
      : action === 'requested_action'
        ? BUTTONS.get(requested?.identifier ?? '')
        : undefined;
  const number = check.pull_requests[0]?.number;
  if (command === undefined) return ignored(`check_run.${action}`);
  if (number === undefined) return ignored('a check without a pull request');
  return {
    kind: 'trigger',
    pullRequest: {
      installationId: installation.id,
      repositoryId: repository.id,
      number,
      owner: repository.owner.login,
      repo: repository.name,
    },
    trigger: { kind: 'button', body: `/${DEFAULT_AGENT} ${command}`, login: sender.login },
  };
}
