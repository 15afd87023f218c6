import { spawn } from 'node:child_process';
import { MAX_BYTES } from '../change/decode-text.ts';
import { measurePacks } from './cache-folder.ts';
import { createGitEnvironment, GUARDS } from './run-git.ts';

interface Options {
  /** A bare repository. */
  dir: string;
  url: string;
  token: string;
  /** Full ids. */
  commits: readonly string[];
  /** A proxy and authorities, as variables of git's environment. */
  network: Readonly<Record<string, string>>;
  limitMs: number;
  /** Of all packs of the repository. */
  mostBytes: number;
}

export type Fetched =
  | { kind: 'fetched' }
  | { kind: 'too-large' | 'too-slow' }
  /** `unreachable`: the other side; what lies here is as good as before. */
  | { kind: 'failed'; reason: string; unreachable: boolean };

/** Where commits stand that are whole: git writes the ref after the last object. */
export const WANTED = 'refs/wanted';

const POLL_MS = 200;
const MOST_ERROR = 4000;

/** Nothing is asked of a person, no credential is looked up, nothing is followed to another host, and no other protocol is spoken. */
const SETTINGS = [
  'remote.origin.promisor=true',
  // What is larger is never read: it is not fetched.
  `remote.origin.partialCloneFilter=blob:limit=${MAX_BYTES + 1}`,
  'remote.origin.tagOpt=--no-tags',
  'fetch.unpackLimit=1',
  'fetch.recurseSubmodules=false',
  'fetch.writeCommitGraph=false',
  'http.followRedirects=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=20',
  'credential.helper=',
  'core.askPass=',
  'pack.threads=1',
  'maintenance.auto=false',
];

/**
 * Fetches commits without their history into a bare repository: objects, and nothing that is run or checked out. The token is in
 * git's environment alone, for this one address; it stands in no argument, no file and no message.
 */
export async function fetchCommits({
  dir,
  url,
  token,
  commits,
  network,
  limitMs,
  mostBytes,
}: Options): Promise<Fetched> {
  const own = [...SETTINGS, `remote.origin.url=${url}`];
  const settings = [...GUARDS, ...own.flatMap((setting) => ['-c', setting])];
  const quietly = ['--quiet', '--depth=1', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
  const refs = commits.map((commit) => `+${commit}:${WANTED}/${commit}`);
  const args = ['-C', dir, ...settings, 'fetch', ...quietly, '--no-auto-maintenance', 'origin', ...refs];
  const child = spawn('git', args, {
    env: {
      ...createGitEnvironment(),
      ...network,
      // This one and no other: it goes before every `protocol.…` setting.
      GIT_ALLOW_PROTOCOL: new URL(url).protocol.slice(0, -1),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, to be ended with all that it starts.
    detached: true,
  });
  let stopped: 'too-large' | 'too-slow' | null = null;
  const stop = (why: 'too-large' | 'too-slow'): void => {
    stopped ??= why;
    endGroup(child.pid);
  };
  const timer = setTimeout(stop, limitMs, 'too-slow');
  const poll = setInterval(() => {
    void measurePacks(dir).then((bytes) => bytes > mostBytes && stop('too-large'));
  }, POLL_MS);
  // A fetch without its parent would write on where the next process reads.
  const onExit = (): void => endGroup(child.pid);
  process.once('exit', onExit);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-MOST_ERROR);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      said = `git cannot be started: ${error.message}`;
      resolve(null);
    });
    child.on('close', resolve);
  }).finally(() => {
    clearTimeout(timer);
    clearInterval(poll);
    process.off('exit', onExit);
  });
  if (stopped) return { kind: stopped };
  if (code === 0) return (await measurePacks(dir)) > mostBytes ? { kind: 'too-large' } : { kind: 'fetched' };
  const reason = said.trim().split('\n').at(-1) || `exit code ${code}`;
  return {
    kind: 'failed',
    reason,
    unreachable:
      /unable to access|not our ref|unadvertised object|Authentication failed|expected 'packfile'|early EOF|hung up|could not read Username|RPC failed/.test(
        said,
      ),
  };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
