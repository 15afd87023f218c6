import type { InstallationChange } from '../queue/installation-change.ts';
import type { PullRequestKey, Trigger } from '../queue/trigger.ts';

/** What a webhook asks for. Ignoring is an answer with a reason, not an error. */
export type EventOutcome =
  | { kind: 'trigger'; pullRequest: PullRequestKey; trigger: Trigger }
  | { kind: 'installation'; change: InstallationChange }
  | { kind: 'ignored'; reason: string };

export function ignored(reason: string): EventOutcome {
  return { kind: 'ignored', reason };
}
