import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJobLog } from '../../src/action/job-log.ts';
import { runJob } from '../../src/action/run-job.ts';
import { createAnalysisPool } from '../../src/analysis/process/pool.ts';
import { urlOfProgram } from '../../src/built-files.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxPullRequest, SandboxState } from '../../src/sandbox/state.ts';
import { makeTempDir } from './temp.ts';

/** The program that the build makes of it. */
export const BUILT = fileURLToPath(urlOfProgram('action/main'));
/** What action.yml names. It starts `src/`, as nothing is built on a runner. */
export const LAUNCH = fileURLToPath(new URL('../../src/action/launch.mjs', import.meta.url));

/** What speaks as GitHub Actions in a job. */
const ACTIONS_BOT = { login: 'github-actions[bot]', id: 41_898_282, type: 'Bot' as const };

export const WRITE: SandboxState['permissions'] = {
  contents: 'read',
  metadata: 'read',
  pull_requests: 'write',
  checks: 'write',
};
/** What a fork's pull request gets, whatever the workflow asks for. */
export const READ: SandboxState['permissions'] = {
  contents: 'read',
  metadata: 'read',
  pull_requests: 'read',
  checks: 'read',
};

let count = 0;

/** GITHUB_TOKEN of a job. */
export function makeJobToken(sandbox: Sandbox, permissions: SandboxState['permissions'] = WRITE): string {
  const token = `ghs_job${++count}`;
  sandbox.state.tokens.set(token, {
    expires: Date.now() + 3_600_000,
    repositoryIds: null,
    permissions,
    viewer: ACTIONS_BOT,
  });
  return token;
}

export interface Step {
  event?: string;
  payload?: unknown;
  inputs?: Record<string, string>;
  env?: Record<string, string | undefined>;
  repository?: string;
  workspace?: string;
  /** Started as a program of this file, as the runner does it; else it runs in this process. */
  file?: string;
}

export interface StepResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** As the runner reads the file. */
  outputs: Record<string, string>;
  summary: string;
  /** What the runner obeys of the log. */
  commands: RunnerCommand[];
  temp: string;
}

/** For all steps of a file: each start of a program reads all rules anew, and starts a process that does it as well. */
const pool = createAnalysisPool();

/** Runs the step as the runner does: an event file, variables, and where one is named Node and a file. */
export async function runStep(
  sandbox: Sandbox,
  step: Step,
  onStart?: (child: ChildProcess) => void,
): Promise<StepResult> {
  const temp = makeTempDir();
  const workspace = step.workspace ?? makeTempDir();
  const [event, output, summary] = ['event.json', 'output', 'summary'].map((name) => join(temp, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(event, JSON.stringify(step.payload ?? {}));
  for (const file of [output, summary]) writeFileSync(file, '');
  const inputs = Object.entries({ 'fail-on': 'never', comment: 'true', ...step.inputs });
  const env: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    CI: 'true',
    // What has nothing to do with us.
    PORT: 'no number',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: `${sandbox.url}/api/v3`,
    GITHUB_SERVER_URL: sandbox.url,
    GITHUB_EVENT_NAME: step.event ?? 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: step.repository ?? 'acme/shop',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temp,
    ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...step.env,
  };
  const { code, ...texts } = await (step.file === undefined
    ? runHere(env)
    : runProgram(step.file, { cwd: workspace, env }, onStart));
  return {
    code,
    ...texts,
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    commands: readCommands(texts.stdout),
    temp,
  };
}

type Ran = Pick<StepResult, 'code' | 'stdout' | 'stderr'>;

async function runProgram(file: string, options: SpawnOptions, onStart?: (child: ChildProcess) => void): Promise<Ran> {
  const child = spawn(process.execPath, [file], options);
  onStart?.(child);
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text;
    });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...texts };
}

async function runHere(variables: Record<string, string | undefined>): Promise<Ran> {
  let stdout = '';
  const makeToken = () => randomBytes(24).toString('hex');
  const log = createJobLog((text) => {
    stdout += text;
  }, makeToken);
  const code = await runJob({ variables, log, makeToken, onCancel: () => undefined, pool });
  return { code, stdout, stderr: '' };
}

/** The step for a pull request, with a job's token unless the inputs name one. */
export function stepFor(sandbox: Sandbox, pull: SandboxPullRequest, own: Step = {}): Step {
  const token = own.inputs?.['github-token'] ?? makeJobToken(sandbox);
  return {
    payload: { action: 'synchronize', number: pull.number, pull_request: { number: pull.number, title: pull.title } },
    ...own,
    inputs: { ...own.inputs, 'github-token': token },
  };
}

/** Source: actions/runner, FileCommandManager: `name=value`, or `name<<delimiter`, lines, delimiter. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name = '', delimiter = ''] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (delimiter !== '') {
      const end = lines.indexOf(delimiter, at + 1);
      outputs[name] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else if (line.includes('=')) outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return outputs;
}

export interface RunnerCommand {
  name: string;
  properties: Record<string, string>;
  data: string;
}

/**
 * What the runner obeys of a log, written after its source (ActionCommandManager and ActionCommand): a line that begins with `::`,
 * or holds `##[`, unless commands are stopped.
 */
export function readCommands(log: string): RunnerCommand[] {
  const found: RunnerCommand[] = [];
  let stopped: string | null = null;
  for (const line of log.split(/\r\n|\n|\r/)) {
    const command = readV2(line) ?? readV1(line);
    if (!command) continue;
    if (stopped !== null) {
      if (command.name === stopped) stopped = null;
      continue;
    }
    if (command.name === 'stop-commands') stopped = command.data;
    else found.push(command);
  }
  return found;
}

function readV2(line: string): RunnerCommand | null {
  const text = line.trimStart();
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  if (end < 0) return null;
  const [name = '', ...rest] = text.slice(2, end).split(' ');
  const properties = rest
    .join(' ')
    .trim()
    .split(',')
    .filter(Boolean)
    .map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), undo(pair.slice(at + 1), true)];
    });
  return { name, properties: Object.fromEntries(properties), data: undo(text.slice(end + 2), false) };
}

function readV1(line: string): RunnerCommand | null {
  const [, name, data = ''] = /##\[([^\] ]+)[^\]]*\](.*)$/.exec(line) ?? [];
  return name === undefined ? null : { name, properties: {}, data };
}

function undo(text: string, property: boolean): string {
  const plain = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (property ? plain.replaceAll('%3A', ':').replaceAll('%2C', ',') : plain).replaceAll('%25', '%');
}
