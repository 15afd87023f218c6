import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { readCallOff } from '../call-off.ts';
import { readSystemPath } from '../config/env.ts';
import { AppError } from '../errors.ts';

/**
 * What of a repository's own configuration would run a program, reach the network, or change what git prints. Commands that
 * read the working tree (`git diff`, `status`, `add`) run its clean filters whatever is set here: only those over objects,
 * `ls-files` and the index are used on a repository that is not ours.
 */
export const GUARDS = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  `core.attributesFile=${devNull}`,
  'core.quotePath=false',
  'core.untrackedCache=false',
  'diff.external=',
  `diff.orderFile=${devNull}`,
  'diff.renames=true',
  'diff.renameLimit=1000',
  'diff.suppressBlankEmpty=false',
  'diff.ignoreSubmodules=none',
  'gc.auto=0',
  'protocol.allow=never',
  'core.sshCommand=false',
  // Larger objects are passed on piece by piece and not held in memory.
  'core.bigFileThreshold=16m',
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

interface Options {
  input?: string | Buffer;
  /** More of the environment; nothing of ours is there by itself. */
  env?: Readonly<Record<string, string>>;
}

interface StreamOptions extends Options {
  /** Until it is killed, in milliseconds. */
  limitMs?: number;
}

/** How a command ended that is read piece by piece: by itself, because enough was read, or because its time was over. */
export type Ending = 'done' | 'stopped' | 'late';

/**
 * Runs git on a repository whose content is hostile: no hooks, no external diff or text conversion, no file system monitor,
 * no system or user configuration, no prompts, nothing fetched, arguments as an array. Output is bytes.
 *
 * @throws AppError GIT_FAILED with git's own last line
 */
export async function runGit(dir: string, args: readonly string[], options: Options = {}): Promise<Buffer> {
  const out: Buffer[] = [];
  await streamGit(dir, args, options, (chunk) => {
    out.push(chunk);
    return true;
  });
  return Buffer.concat(out);
}

/**
 * The same, with output that is taken as it comes. `take` says whether it wants more.
 *
 * @throws AppError GIT_FAILED, whatever `take` throws, and the reason for which the request was called off
 */
export async function streamGit(
  dir: string,
  args: readonly string[],
  { input, env, limitMs }: StreamOptions,
  take: (chunk: Buffer) => boolean,
): Promise<Ending> {
  const signal = readCallOff();
  signal?.throwIfAborted();
  const child = spawn('git', ['-C', dir, ...GUARDS, ...args], {
    env: { ...createGitEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let ending: Ending = 'done';
  let fault: unknown;
  const stop = (why: Ending): void => {
    ending = why;
    child.kill('SIGKILL');
    child.stdout.destroy();
  };
  const timer = limitMs === undefined ? undefined : setTimeout(stop, limitMs, 'late');
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      if (ending === 'done' && !take(chunk)) stop('stopped');
    } catch (error) {
      fault = error;
      stop('stopped');
    }
  });
  const callOff = (): void => {
    fault = signal?.reason;
    stop('stopped');
  };
  signal?.addEventListener('abort', callOff, { once: true });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err = (err + chunk.toString('utf8')).slice(-MOST_ERROR);
  });
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(new AppError('GIT_FAILED', `git cannot be started: ${error.message}`)));
    child.on('close', resolve);
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', callOff);
  });
  if (fault !== undefined) throw fault;
  if (code === 0 || ending !== 'done') return ending;
  throw new AppError('GIT_FAILED', `git ${args[0]}: ${err.trim().split('\n').at(-1) || `exit code ${code}`}`);
}

/** Of what git says of an error, in characters. */
const MOST_ERROR = 10_000;

/** All that git gets of an environment. */
export function createGitEnvironment(): Record<string, string> {
  return {
    PATH: readSystemPath(),
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // A git before 2.39.4 does not know the line above, and `protocol.NAME.allow` of a repository goes before ours.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  };
}

/**
 * A ref as a commit id. A name that starts with "-" is refused: it would be read as an option.
 *
 * @throws AppError GIT_FAILED
 */
export async function resolveCommit(dir: string, ref: string): Promise<string> {
  if (ref.startsWith('-') || ref.includes('\0'))
    throw new AppError('GIT_FAILED', `${JSON.stringify(ref)} is not a ref`);
  const named = runGit(dir, ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`]);
  return (
    await named.catch((error: Error) => {
      // Git says no more than this, in other words.
      if (!/Needed a single revision|unknown revision/.test(error.message)) throw error;
      throw new AppError(
        'GIT_FAILED',
        `${JSON.stringify(ref)} names no commit of this repository. If only the server has it, \`git fetch\` brings it; in a shallow clone, \`git fetch --unshallow\``,
        { cause: error },
      );
    })
  )
    .toString('utf8')
    .trim();
}
