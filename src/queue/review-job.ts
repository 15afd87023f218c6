import { z } from 'zod';

export const REVIEW_QUEUE = 'review';
export const DEAD_QUEUE = 'review-dead';

/** A job says only which pull request to look at; what there is to do is read from the triggers and from GitHub. */
export const ReviewJob = z.object({ pullRequestId: z.string() });
export type ReviewJob = z.infer<typeof ReviewJob>;

/** What the worker loop does with the job: finish it, or have it again after a pause. */
export type JobOutcome = { kind: 'done' } | { kind: 'again'; afterMs: number };
