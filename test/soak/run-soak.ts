import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeOwnFolder } from '../../src/git/make-own-folder.ts';
import type { Limits } from '../../src/limits.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { SandboxPullRequest, SandboxRepository } from '../../src/sandbox/state.ts';
import { type AppProcess, type Memory, startAppProcess } from './app-process.ts';
import { findDuplicates, findOpenCheck, judgeMemory } from './judge.ts';
import { clean, commitOn, type Files, flawed, hostile, makeRepository } from './repositories.ts';
import { startModel } from './start-model.ts';
import { createStrangers, type Strangers } from './strangers.ts';

export interface SoakPlan {
  /** Rounds begin until then, in milliseconds, and so many at least: a slow machine is no excuse. */
  ms: number;
  rounds: number;
  /** Null: those of production. */
  limits: Partial<Limits> | null;
  /** How long GitHub's tokens live, in milliseconds. */
  tokenMs: number;
  /** After the rounds, in turn, in milliseconds. */
  pauses: readonly number[];
  /** How long a pull request may wait for its answer, in milliseconds. */
  answerMs: number;
  say: (line: string) => void;
}

export interface SoakReport {
  seconds: number;
  rounds: number;
  counts: Record<string, number>;
  /** Milliseconds from each webhook to its finished check. */
  answers: number[];
  /** Idle, after each pause. */
  memory: Memory[];
  complaints: ReadonlyMap<string, number>;
  problems: string[];
}

interface Subject {
  bot: string;
  repository: SandboxRepository;
  pull: SandboxPullRequest;
  dir: string;
}

interface Expected {
  what: string;
  since: number;
  isDone: () => boolean;
}

/** Seconds by which the App's clock is off, round by round: ten minutes ahead, back, ten behind, two hours ahead, back. */
const CLOCKS = [600, 0, -600, 7200, 0, 0];
const COMMANDS = ['help', 'review full', 'config', 'explain', 'review'];
const KINDS = [flawed, clean, hostile, flawed];

/** The real App under mixed traffic with idle pauses; tells what was lost, said twice, or grew. */
export async function runSoak(plan: SoakPlan): Promise<SoakReport> {
  const { path: dir, remove } = makeOwnFolder('soak');
  const sandbox = await startSandbox();
  const model = await startModel();
  let app: AppProcess | null = null;
  let strangers: Strangers | null = null;
  try {
    sandbox.state.tokenMs = plan.tokenMs;
    app = await startAppProcess({ sandbox, dir, modelUrl: model.url, limits: plan.limits });
    sandbox.setWebhook(`http://127.0.0.1:${app.port}/api/github/webhooks`);
    strangers = createStrangers(app.port, sandbox.webhookSecret);
    const report = await play(plan, { sandbox, app, strangers, dir });
    report.counts['asked of the model'] = model.asked();
    return report;
  } finally {
    strangers?.close();
    await app?.stop();
    model.close();
    await sandbox.close();
    remove();
  }
}

interface Stage {
  sandbox: Sandbox;
  app: AppProcess;
  strangers: Strangers;
  dir: string;
}

async function play(plan: SoakPlan, stage: Stage): Promise<SoakReport> {
  const { sandbox, app } = stage;
  const begun = performance.now();
  const counts: Record<string, number> = {};
  const report: SoakReport = {
    seconds: 0,
    rounds: 0,
    counts,
    answers: [],
    memory: [],
    complaints: app.complaints,
    problems: [],
  };
  const subjects: Subject[] = [];
  const repositories = await Promise.all(['orders', 'billing', 'search'].map((name) => addRepository(stage, name)));
  const goesOn = (): boolean => report.rounds < plan.rounds || performance.now() - begun < plan.ms;
  while (goesOn() && report.problems.length === 0) {
    const round = report.rounds++;
    const expected = await playRound(stage, round, repositories, subjects, count, report.problems);
    await awaitAll(expected, plan, app, report);
    await settle(subjects, plan, report);
    const pause = plan.pauses[round % plan.pauses.length] ?? 0;
    await sleep(pause);
    if (app.ended() !== null) break;
    const memory = await app.readMemory();
    report.memory.push(memory);
    plan.say(
      `round ${round + 1}: ${expected.length} answered, idle for ${Math.round(pause / 1000)} s, ${memory.rss} MB (heap ${memory.heap}, children ${memory.children}), ${Math.round((performance.now() - begun) / 1000)} s`,
    );
  }
  function count(what: string): void {
    counts[what] = (counts[what] ?? 0) + 1;
  }
  counts['requests to GitHub'] = sandbox.requests.length;
  counts.tokens = sandbox.requests.filter(({ path }) => path.endsWith('/access_tokens')).length;
  if (app.ended() !== null) report.problems.push(`${app.ended()}:\n${app.tail()}`);
  report.problems.push(...judgeMemory(report.memory));
  report.seconds = Math.round((performance.now() - begun) / 1000);
  return report;
}

async function addRepository(
  { sandbox, dir }: Stage,
  name: string,
): Promise<{ repository: SandboxRepository; dir: string }> {
  const where = join(dir, name);
  await makeRepository(where);
  const repository = sandbox.addRepository('acme', name, where);
  repository.collaborators.set('wes', 'write');
  return { repository, dir: where };
}

/** One of everything. @returns what must be answered */
async function playRound(
  stage: Stage,
  round: number,
  repositories: readonly { repository: SandboxRepository; dir: string }[],
  subjects: Subject[],
  count: (what: string) => void,
  problems: string[],
): Promise<Expected[]> {
  const { sandbox, app, strangers } = stage;
  const expected: Expected[] = [];
  const sent: { subject: Subject; action: string; guid: string }[] = [];
  const earlier = [...subjects];
  const send = async (subject: Subject, action: string): Promise<void> => {
    const guid = randomUUID();
    const since = performance.now();
    const { repository, pull } = subject;
    const status = await sandbox.sendPullRequest(repository, pull, action, guid);
    count(`webhooks answered with ${status}`);
    sent.push({ subject, action, guid });
    const head = pull.headSha;
    const isDone = (): boolean =>
      repository.checks.some((check) => check.headSha === head && check.status === 'completed');
    expected.push({
      what: `${repository.name}#${pull.number} ${action} (webhook answered with ${status})`,
      since,
      isDone,
    });
  };
  upset(sandbox, round);
  const calls = strangers.call();
  for (const [index, kind] of KINDS.entries()) {
    const { repository, dir } = repositories[(round + index) % repositories.length] ?? raise('no repository');
    const branch = `change-${round}-${index}`;
    const subject = {
      repository,
      dir,
      bot: sandbox.state.bot.login,
      pull: await openPull(sandbox, repository, dir, branch, kind(`f${round}_${index}`)),
    };
    subjects.push(subject);
    count('pull requests opened');
    await send(subject, 'opened');
  }
  // Half of them while the clock is set.
  app.setClock(CLOCKS[round % CLOCKS.length] ?? 0);
  for (const [index, subject] of earlier.slice(-3).entries()) {
    await commitOn(subject.dir, subject.pull.headRef, (index % 2 === 0 ? flawed : clean)(`p${round}_${index}`));
    await sandbox.refresh(subject.repository, subject.pull);
    count('pushes');
    await send(subject, 'synchronize');
  }
  for (const { repository, pull } of earlier.slice(0, 1)) {
    const command = COMMANDS[round % COMMANDS.length];
    const since = performance.now();
    const said = pull.conversation.length + 1;
    const { id } = await sandbox.comment(repository, pull, 'wes', `/backend-dev ${command}`);
    const isDone = (): boolean =>
      (repository.reactions.some((one) => one.commentId === id) ||
        pull.conversation.slice(said).some((one) => one.author.login === sandbox.state.bot.login)) &&
      repository.checks.every((check) => check.headSha !== pull.headSha || check.status === 'completed');
    expected.push({ what: `${repository.name}#${pull.number} /backend-dev ${command}`, since, isDone });
    count('commands');
    for (const body of ['/backend-dev fix', '/backend-dev help', '/backend-dev review full', 'Nice.']) {
      await sandbox.comment(repository, pull, 'mallory', body);
      count('comments of strangers');
    }
    await sandbox.comment(repository, pull, 'other[bot]', '/backend-dev review', { type: 'Bot' });
  }
  await Promise.all(
    sent.flatMap(({ subject, action, guid }) =>
      [1, 2].map(async () => {
        await sandbox.sendPullRequest(subject.repository, subject.pull, action, guid);
        count('redeliveries');
      }),
    ),
  );
  problems.push(...(await calls));
  count('rounds of forged, odd, large and slow requests');
  return expected;
}

async function openPull(
  sandbox: Sandbox,
  repository: SandboxRepository,
  dir: string,
  branch: string,
  files: Files,
): Promise<SandboxPullRequest> {
  await commitOn(dir, branch, files);
  return await sandbox.openPullRequest(repository, { base: 'main', head: branch, title: `Change ${branch}` });
}

/** GitHub on a bad day: tokens that are taken back in the middle, an answer that does not come, 502 before and after the deed. */
function upset(sandbox: Sandbox, round: number): void {
  const once = new Set<string>();
  const first = (what: string): boolean => !once.has(what) && once.add(what).size > 0;
  sandbox.setFault((method, path) => {
    if (round % 4 === 1 && method === 'GET' && path.endsWith('/files') && first('revoked'))
      sandbox.state.tokens.clear();
    if (round % 4 === 2 && method === 'GET' && /\/pulls\/\d+$/.test(path) && first('silent')) return 'hang';
    if (round % 4 === 3 && method === 'POST' && path.endsWith('/reviews')) {
      if (first('done, then 502')) return { status: 502, commit: true };
      if (first('502')) return { status: 502, commit: false };
    }
    return null;
  });
}

async function awaitAll(
  expected: readonly Expected[],
  plan: SoakPlan,
  app: AppProcess,
  report: SoakReport,
): Promise<void> {
  const open = new Set(expected);
  while (open.size > 0 && app.ended() === null) {
    for (const one of open) {
      const waited = performance.now() - one.since;
      if (one.isDone()) report.answers.push(Math.round(waited));
      else if (waited > plan.answerMs) report.problems.push(`not answered in ${plan.answerMs / 1000} s: ${one.what}`);
      else continue;
      open.delete(one);
    }
    await sleep(50);
  }
  if (report.problems.length > 0) report.problems.push(`its last lines:\n${app.tail()}`);
}

/** Until nothing is under way any more: what would be said twice has been said by then. */
async function settle(subjects: readonly Subject[], plan: SoakPlan, report: SoakReport): Promise<void> {
  const listOpen = (): string[] => subjects.flatMap(({ repository, pull }) => findOpenCheck(repository, pull));
  const until = performance.now() + plan.answerMs;
  do await sleep(1500);
  while (listOpen().length > 0 && performance.now() < until);
  const twice = subjects.flatMap(({ repository, pull, bot }) => findDuplicates(repository, pull, bot));
  report.problems.push(...listOpen(), ...twice);
}

function raise(message: string): never {
  throw new Error(message);
}
