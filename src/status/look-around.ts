import type { Environment } from '../config/env.ts';
import { AppError, describeError, ERROR_CODES } from '../errors.ts';
import type { AppReader } from '../github/read-app.ts';
import type { Progress } from '../queue/read-progress.ts';
import { maskText } from '../secrets/mask-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { type Check, type CheckName, MACHINE_CHECKS, type Outcome, ok, STEP_CHECKS } from './check.ts';
import { checkMachine } from './check-machine.ts';
import { decideApp, decideFirstReview, decideInstalled, decidePermissions } from './decide-steps.ts';
import { decideWebhook } from './decide-webhook.ts';

/** The sources of the checks. Each is asked once, and may throw. */
export interface Sources {
  env: Environment;
  /** Null: no credentials are set. @throws AppError for wrong ones */
  app: () => AppReader | null | Promise<AppReader | null>;
  /** What the database is, for people. @throws AppError DATA_DIR_LOCKED while the App runs on it */
  database: () => Promise<string>;
  progress: () => Promise<Progress>;
  model: () => Promise<Outcome>;
  port: number | null;
  /** How long one check may take, in milliseconds. */
  limitMs: number;
}

const NOT_REGISTERED = 'no App is registered';

/** The one list of checks: all begin at once, each ends for itself, in the order in which a person reads them. */
export function lookAround(sources: Sources): { name: CheckName; check: Promise<Check> }[] {
  const { env, limitMs } = sources;
  const app = once(async () => await sources.app());
  const reader = async (): Promise<AppReader> => (await app()) ?? giveUp();
  const facts = once(async () => (await reader()).readApp());
  const installed = once(async () => (await reader()).readInstallations());
  const progress = once(sources.progress);
  const steps: Record<(typeof STEP_CHECKS)[number], () => Promise<Outcome>> = {
    'github app': async () => decideApp(await facts()),
    webhook: async () =>
      decideWebhook({
        hook: await (await reader()).readHook(),
        seen: await progress().then(
          ({ webhook }) => webhook,
          () => 'unknown' as const,
        ),
        webhookPath: env.WEBHOOK_PATH,
        settings: (await facts()).settings,
        port: sources.port,
      }),
    permissions: async () => decidePermissions(await facts(), await installed()),
    database: async () => ok(await sources.database()),
    model: sources.model,
    'installed on': async () => decideInstalled(await facts(), await installed()),
    'pull request': async () => {
      await reader();
      return decideFirstReview(await progress());
    },
  };
  const looks = { ...checkMachine(env), ...steps };
  return [...MACHINE_CHECKS, ...STEP_CHECKS].map((name) => ({
    name,
    check: within(limitMs, looks[name]()).then(
      (outcome) => toCheck(name, outcome),
      (error: unknown) => toCheck(name, describeFailure(name, error)),
    ),
  }));
}

class NotRegistered extends Error {}

function giveUp(): never {
  throw new NotRegistered(NOT_REGISTERED);
}

function describeFailure(name: CheckName, error: unknown): Outcome {
  if (error instanceof NotRegistered)
    return {
      status: 'off',
      text: name === 'github app' ? 'no credentials are set' : NOT_REGISTERED,
      todo: name === 'github app' ? '`npm start` opens a page that registers the App.' : null,
    };
  // The embedded database belongs to one process: that it is taken is what a running App looks like from outside.
  if (error instanceof AppError && error.code === 'DATA_DIR_LOCKED')
    return name === 'database'
      ? ok(`${error.message.split(';', 1)[0]}, as it is while the App runs`)
      : {
          status: 'off',
          text: 'not checked: the running App has its database open',
          todo: 'The App’s own page /setup says more.',
        };
  const known = error instanceof AppError ? ERROR_CODES[error.code].do : null;
  return { status: 'fail', text: describeError(error), todo: known };
}

/** Whatever strangers wrote is text from here on, and no check shows a credential. */
function toCheck(name: CheckName, { status, text, todo, links = [] }: Outcome): Check {
  const clean = (dirty: string): string => escapeInvisible(maskText(dirty));
  return {
    name,
    status,
    text: clean(text),
    todo: todo === null ? null : clean(todo),
    links: links.map((link) => ({ text: clean(link.text), url: new URL(link.url).href })),
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= work());
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
