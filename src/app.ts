import type { Context, Probot } from 'probot';
import { AppError } from './errors.ts';
import { decodeCheckRun } from './events/decode-check-run.ts';
import { decodeComment } from './events/decode-comment.ts';
import { decodeInstallation, decodeInstallationRepositories, decodeRepository } from './events/decode-installation.ts';
import { decodePullRequest } from './events/decode-pull-request.ts';
import type { EventOutcome } from './events/event.ts';
import type { Enqueued } from './queue/enqueue.ts';
import type { InstallationChange } from './queue/installation-change.ts';
import type { Delivery } from './queue/trigger.ts';

export interface AppDeps {
  enqueue: (delivery: Delivery) => Promise<Enqueued>;
  changeInstallation: (guid: string, event: string, change: InstallationChange) => Promise<Enqueued>;
  agents: readonly string[];
  appId: number;
  onDelivery: (event: string, outcome: string) => void;
  /** Milliseconds until a delivery that could not be written is answered with 503, well before GitHub's 10 s. */
  deadlineMs: number;
}

export interface App {
  /** The Probot function. */
  load: (app: Probot) => void;
  /** The names of the events that have a handler. */
  events: ReadonlySet<string>;
}

/** A handler decodes and enqueues, nothing more: what it throws becomes the answer to GitHub. */
export function createApp({ enqueue, changeInstallation, agents, appId, onDelivery, deadlineMs }: AppDeps): App {
  const handle = async (context: Pick<Context, 'id' | 'name' | 'log'>, outcome: EventOutcome): Promise<void> => {
    if (outcome.kind === 'ignored') {
      context.log.debug({ delivery: context.id, reason: outcome.reason }, 'ignored');
      onDelivery(context.name, 'ignored');
      return;
    }
    const { id: guid, name: event } = context;
    try {
      const written =
        outcome.kind === 'installation'
          ? changeInstallation(guid, event, outcome.change)
          : enqueue({ guid, event, pullRequest: outcome.pullRequest, trigger: outcome.trigger });
      const enqueued = await withDeadline(written, deadlineMs);
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
  const decoders = {
    pull_request: decodePullRequest,
    installation: decodeInstallation,
    installation_repositories: decodeInstallationRepositories,
    repository: decodeRepository,
    check_run: (payload: unknown) => decodeCheckRun(payload, appId),
    issue_comment: (payload: unknown) => decodeComment(payload, 'conversation', agents),
    pull_request_review_comment: (payload: unknown) => decodeComment(payload, 'inline', agents),
  };
  const names = Object.keys(decoders) as (keyof typeof decoders)[];
  return {
    load: (app) => {
      for (const name of names) app.on(name, (context) => handle(context, decoders[name](context.payload)));
    },
    events: new Set(names),
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
