import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { readSystemPath } from '../config/env.ts';
import { AppError } from '../errors.ts';

/**
 * What of a repository's own configuration would run a program, reach the network, or change what git prints. Commands that
 * read the working tree (`git diff`, `status`, `add`) run its clean filters whatever is set here: only those over objects,
 * `ls-files` and the index are used on a repository that is not ours.
 */
const GUARDS = [
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
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

interface Options {
  input?: string | Buffer;
  /** More of the environment; nothing of ours is there by itself. */
  env?: Readonly<Record<string, string>>;
}

/**
 * Runs git on a repository whose content is hostile: no hooks, no external diff or text conversion, no file system monitor,
 * no system or user configuration, no prompts, nothing fetched, arguments as an array. Output is bytes.
 *
 * @throws AppError GIT_FAILED with git's own last line
 */
export async function runGit(dir: string, args: readonly string[], { input, env }: Options = {}): Promise<Buffer> {
  const child = spawn('git', ['-C', dir, ...GUARDS, ...args], {
    env: {
      PATH: readSystemPath(),
      HOME: '/nonexistent',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      LC_ALL: 'C',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(new AppError('GIT_FAILED', `git cannot be started: ${error.message}`)));
    child.on('close', resolve);
  });
  if (code === 0) return Buffer.concat(out);
  const message = Buffer.concat(err).toString('utf8').trim().split('\n').at(-1) ?? '';
  throw new AppError('GIT_FAILED', `git ${args[0]}: ${message || `exit code ${code}`}`);
}

/** A ref as a commit id. A name that starts with "-" is refused: it would be read as an option. */
export async function resolveCommit(dir: string, ref: string): Promise<string> {
  if (ref.startsWith('-') || ref.includes('\0'))
    throw new AppError('GIT_FAILED', `${JSON.stringify(ref)} is not a ref`);
  return (await runGit(dir, ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`])).toString('utf8').trim();
}
