import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '../src/config/env.ts';
import { runGit } from '../src/git/run-git.ts';
import { commitAll } from '../src/sandbox/demo/make-repository.ts';
import { startApp } from '../src/sandbox/start-app.ts';
import { startSandbox } from '../src/sandbox/start-sandbox.ts';
import { makeSource } from './corpus.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const FILES = 20;
const LINES = 75;

/** A pull request of 20 files and 1,500 changed lines over the three languages. */
export async function makeLargeRepository(dir: string): Promise<void> {
  mkdirSync(join(dir, 'src'), { recursive: true });
  await runGit(dir, ['init', '--quiet', '--initial-branch=main']);
  await commitAll(dir, 'base');
  await runGit(dir, ['checkout', '--quiet', '-b', 'feature']);
  const kinds = ['ts', 'py', 'go'] as const;
  for (let index = 0; index < FILES; index++) {
    const kind = kinds[index % 3] ?? 'ts';
    writeFileSync(join(dir, `src/file${index}.${kind}`), makeSource(kind, LINES, index));
  }
  await commitAll(dir, 'change');
}

/** Webhook to finished check, with no model, against the sandbox; the App is warm from the first of four runs. */
export async function benchReview(dir: string): Promise<Figure[]> {
  const sandbox = await startSandbox();
  const where = join(dir, 'review');
  await makeLargeRepository(where);
  const watched = { METRICS_TOKEN: 'a-token-for-the-bench' };
  const env = { ...readEnvironment(watched), DATA_DIR: join(dir, 'review-data'), LOG_LEVEL: 'error' as const };
  const service = await startApp(sandbox, env);
  const times: { posted: number; done: number }[] = [];
  let requests = 0;
  for (let run = 0; run < 4; run++) {
    const repository = sandbox.addRepository('acme', `shop${run}`, where);
    const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'Large' });
    sandbox.requests.length = 0;
    const started = performance.now();
    await sandbox.sendPullRequest(repository, pull, 'opened');
    let posted = 0;
    while (!repository.checks.some((check) => check.status === 'completed')) {
      if (posted === 0 && pull.reviews.length > 0) posted = performance.now() - started;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (run > 0) times.push({ posted: posted || performance.now() - started, done: performance.now() - started });
    requests = sandbox.requests.length;
  }
  const headers = { authorization: `Bearer ${watched.METRICS_TOKEN}` };
  const stages = await (await fetch(`http://127.0.0.1:${service.port}/metrics`, { headers })).text();
  const mean = (stage: string): string => {
    const read = (name: string): number =>
      Number(new RegExp(`backend_dev_review_stage_seconds_${name}\\{stage="${stage}"\\} ([\\d.]+)`).exec(stages)?.[1]);
    return `${stage} ${(read('sum') / read('count')).toFixed(2)}`;
  };
  await service.stop();
  await sandbox.close();
  return [
    {
      what: `webhook to review posted, ${FILES} files, ${FILES * LINES} lines`,
      value: `${(median(times.map((one) => one.posted)) / 1000).toFixed(2)} s`,
      beside: `check finished ${(median(times.map((one) => one.done)) / 1000).toFixed(2)} s`,
      aim: 'seconds',
    },
    {
      what: 'seconds from the start of the job to each stage',
      value: ['started', 'fetched', 'analysed', 'saved', 'posted'].map(mean).join(', '),
      beside: 'means of four; Octokit spaces writes by 1 s',
      aim: '-',
    },
    {
      what: 'GitHub requests of a review',
      value: String(requests),
      beside: '-',
      aim: '10 or fewer, and 2 for a new migration',
    },
  ];
}
