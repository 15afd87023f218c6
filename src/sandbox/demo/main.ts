import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs, styleText } from 'node:util';
import { readEnvironment, wantsColour } from '../../config/env.ts';
import { AppError, describeError } from '../../errors.ts';
import { makeOwnFolder } from '../../git/make-own-folder.ts';
import { runGit } from '../../git/run-git.ts';
import { startApp } from '../start-app.ts';
import { startSandbox } from '../start-sandbox.ts';
import { makeExampleRepository } from './make-repository.ts';
import { type DemoResult, printPullRequest, printSecondAct } from './print.ts';
import { playSecondAct } from './second-act.ts';

/** The real App with the embedded database, against the local GitHub: one pull request, reviewed and printed. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      repo: { type: 'string' },
      base: { type: 'string' },
      head: { type: 'string' },
      port: { type: 'string' },
    },
  });
  if (values.repo === undefined && (values.base !== undefined || values.head !== undefined))
    throw new AppError('CONFIG_INVALID', '--base and --head go with --repo');
  const { path: dir, remove } = makeOwnFolder('demo');
  try {
    await runDemo(dir, values);
    if (!values.once) {
      process.stdout.write('Still serving; Ctrl-C ends it.\n');
      await new Promise<void>((resolve) => {
        process.once('SIGINT', resolve);
        process.once('SIGTERM', resolve);
      });
    }
  } finally {
    remove();
  }
  process.exit(0);
}

async function runDemo(
  dir: string,
  values: {
    once: boolean;
    repo?: string | undefined;
    base?: string | undefined;
    head?: string | undefined;
    port?: string | undefined;
  },
): Promise<void> {
  say('making the repository and a local GitHub');
  const example = join(dir, 'repository');
  if (values.repo === undefined) await makeExampleRepository(example);
  const source =
    values.repo === undefined
      ? example
      : (await runGit(values.repo, ['rev-parse', '--show-toplevel'])).toString('utf8').trim();
  const sandbox = await startSandbox(values.port === undefined ? {} : { port: Number(values.port) });
  const repository = sandbox.addRepository('acme', 'shop', source, { readOnly: values.repo !== undefined });
  const title =
    values.repo === undefined
      ? 'Sorting, search and order events'
      : `${values.head ?? 'HEAD'} into ${values.base ?? 'main'}`;
  const pull = await sandbox.openPullRequest(repository, {
    base: values.base ?? 'main',
    head: values.head ?? (values.repo === undefined ? 'feature' : 'HEAD'),
    title,
  });
  const env = {
    ...readEnvironment(),
    DATABASE_URL: undefined,
    DATA_DIR: join(dir, 'data'),
    LOG_LEVEL: 'error' as const,
  };
  say('starting the App; its embedded database is made first, which takes up to a minute');
  const service = await startApp(sandbox, env);
  say('opening a pull request; the App reviews it');
  const started = performance.now();
  const status = await sandbox.sendPullRequest(repository, pull, 'opened');
  const acknowledged = performance.now() - started;
  if (status !== 200) throw new AppError('CONFIG_INVALID', `the App answered the webhook with ${status}`);
  const deadline = Date.now() + 10 * 60_000;
  while (!repository.checks.some((check) => check.status === 'completed')) {
    if (Date.now() > deadline) throw new AppError('JOB_EXHAUSTED', 'the review did not finish within 10 minutes');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const seconds = (performance.now() - started) / 1000;
  const colour = process.stdout.isTTY === true && wantsColour();
  const result = {
    repository,
    pull,
    pageUrl: `${sandbox.url}/acme/shop/pull/${pull.number}`,
    acknowledgedMs: acknowledged,
    seconds,
    requests: sandbox.requests.map(({ method, template }) => `${method} ${template}`),
    style: colour ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text,
  } satisfies DemoResult;
  printPullRequest(result);
  // Somebody's own repository is only looked at.
  if (values.repo === undefined) {
    say('pushing a fix, and reviewing again');
    const known = new Set(pull.comments.map((comment) => comment.id));
    const { pushRequests } = await playSecondAct(sandbox, repository, pull);
    printSecondAct(result, known, pushRequests);
  }
  if (values.once) {
    await service.stop();
    await sandbox.close();
  }
}

/** Beside the result: whoever waits sees for what. */
function say(step: string): void {
  process.stderr.write(`${step} …\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(2);
});
