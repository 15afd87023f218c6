import { z } from 'zod';

/** What an event asks of the Action. */
export type ActionEvent =
  | { kind: 'pull'; number: number /** A person asked: drafts and the like are reviewed as well. */; forced: boolean }
  /** Commits of the checked-out repository; `base` null: what the default branch lacks. */
  | { kind: 'range'; base: string | null; head: string }
  | { kind: 'nothing'; reason: string }
  | { kind: 'unknown'; reason: string };

const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const Pull = z.object({ pull_request: z.object({ number: z.number().int().positive() }) });
const Push = z.object({ before: Sha, after: Sha });
const MergeGroup = z.object({ merge_group: z.object({ base_sha: Sha, head_sha: Sha }) });

const NONE = /^0+$/;

/**
 * Reads an event's payload, of which only numbers and commit ids are taken: all the rest is asked of GitHub. Pull requests of
 * `pull_request_target` are safe here, since nothing of them is checked out or run.
 *
 * @param asked the number of a pull request that the workflow names itself
 */
export function decodeEvent(name: string, payload: unknown, asked: number | null): ActionEvent {
  if (asked !== null) return { kind: 'pull', number: asked, forced: true };
  switch (name) {
    case 'pull_request':
    case 'pull_request_target': {
      const event = Pull.safeParse(payload).data;
      return event
        ? { kind: 'pull', number: event.pull_request.number, forced: false }
        : { kind: 'unknown', reason: 'the event names no pull request' };
    }
    case 'push': {
      const event = Push.safeParse(payload).data;
      if (!event) return { kind: 'unknown', reason: 'the event names no commits' };
      if (NONE.test(event.after)) return { kind: 'nothing', reason: 'the branch was deleted' };
      return { kind: 'range', base: NONE.test(event.before) ? null : event.before, head: event.after };
    }
    case 'merge_group': {
      const event = MergeGroup.safeParse(payload).data;
      return event
        ? { kind: 'range', base: event.merge_group.base_sha, head: event.merge_group.head_sha }
        : { kind: 'unknown', reason: 'the event names no commits' };
    }
    case 'issue_comment':
    case 'pull_request_review_comment':
      return {
        kind: 'unknown',
        reason: 'commands in comments are answered by the App, not by the Action; `pull-request: NUMBER` reviews one',
      };
    default:
      return {
        kind: 'unknown',
        reason:
          'the Action reviews pull_request, pull_request_target, push and merge_group; elsewhere name a pull request (`pull-request: NUMBER`)',
      };
  }
}
