import { z } from 'zod';

/** Why a pull request is to be looked at. What it says of the pull request is a hint: everything is read anew from GitHub. */
export const Trigger = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('pull-request'),
    /** `retargeted`: GitHub's `edited` with another base branch. */
    action: z.enum(['opened', 'reopened', 'synchronize', 'ready_for_review', 'retargeted']),
  }),
  z.object({
    kind: z.literal('command'),
    /** The comment's text as it was sent. */
    body: z.string().max(70_000),
    login: z.string(),
    commentId: z.number().int(),
    commentKind: z.enum(['conversation', 'inline']),
    /** The first comment of the thread, when this one is a reply in it. */
    root: z.number().int().nullable().default(null),
  }),
  /** A plain reply of a person in a review thread, whoever began it. */
  z.object({
    kind: z.literal('reply'),
    body: z.string().max(70_000),
    login: z.string(),
    commentId: z.number().int(),
    commentKind: z.literal('inline'),
    root: z.number().int(),
  }),
  /** A button of our check, as the command that it stands for. */
  z.object({ kind: z.literal('button'), body: z.string().max(200), login: z.string() }),
  z.object({ kind: z.literal('closed') }),
]);
export type Trigger = z.infer<typeof Trigger>;

/** A pull request as it is known by ids that survive renames and transfers, with the names of the moment. */
export const PullRequestKey = z.object({
  installationId: z.number().int(),
  repositoryId: z.number().int(),
  number: z.number().int().positive(),
  owner: z.string(),
  repo: z.string(),
});
export type PullRequestKey = z.infer<typeof PullRequestKey>;

/** One accepted webhook delivery. */
export interface Delivery {
  guid: string;
  event: string;
  pullRequest: PullRequestKey;
  trigger: Trigger;
}
