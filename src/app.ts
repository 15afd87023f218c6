import type { Context, Probot } from 'probot';
import { AppError } from './errors.ts';
import { decodeCheckRun } from './events/decode-check-run.ts';
import { decodeComment } from './events/decode-comment.ts';
import { decodePullRequest } from './events/decode-pull-request.ts';
import type { EventOutcome } from './events/event.ts';
import type { Enqueued } from './queue/enqueue.ts';
import type { Delivery } from './queue/trigger.ts';

export interface AppDeps {
  enqueue: (delivery: Delivery) => Promise<Enqueued>;
  agents: readonly string[];
  appId: number;
  onDelivery: (event: string, outcome: string) => void;
  /** Milliseconds until a delivery that could not be written is answered with 503, well before GitHub's 10 s. */
  deadlineMs?: number;
}

/** The Probot function. A handler decodes and enqueues, nothing more: what it throws becomes the answer to GitHub. */
export function createApp({ enqueue, agents, appId, onDelivery, deadlineMs = 5000 }: AppDeps): (app: Probot) => void {
  const handle = async (context: Pick<Context, 'id' | 'name' | 'log'>, outcome: EventOutcome): Promise<void> => {
    if (outcome.kind === 'ignored') {
      context.log.debug({ delivery: context.id, reason: outcome.reason }, 'ignored');
      onDelivery(context.name, 'ignored');
      return;
    }
    const { pullRequest, trigger } = outcome;
    try {
      const enqueued = await withDeadline(
        enqueue({ guid: context.id, event: context.name, pullRequest, trigger }),
        deadlineMs,
      );
      onDelivery(context.name, enqueued);
    } catch (error) {
      onDelivery(context.name, 'failed');
      context.log.error({ err: error, delivery: context.id }, 'the delivery could not be written');
      throw Object.assign(
        new AppError('DATABASE_UNAVAILABLE', 'the delivery could not be written; redeliver it', { cause: error }),
        { status: 503 },
      );
    }
  };
  return (app) => {
    app.on('pull_request', (context) => handle(context, decodePullRequest(context.payload)));
    app.on('check_run', (context) => handle(context, decodeCheckRun(context.payload, appId)));
    app.on('issue_comment', (context) => handle(context, decodeComment(context.payload, 'conversation', agents)));
    app.on('pull_request_review_comment', (context) =>
      handle(context, decodeComment(context.payload, 'inline', agents)),
    );
  };
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('DATABASE_UNAVAILABLE', `the database did not answer within ${ms} ms`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
