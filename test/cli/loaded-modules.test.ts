import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FLAWED } from '../support/stack.ts';
import { makeRepository, makeTempDir } from '../support/temp.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const SPY = fileURLToPath(new URL('../support/note-modules.mjs', import.meta.url));
/** Of the server, the database, the queue, GitHub and Claude. */
const SERVER =
  /node_modules\/(probot|pg|pg-boss|@electric-sql|@octokit|@anthropic-ai|pino|prom-client|fs-native-extensions)\/|\/src\/(server|queue|worker|github|events|commands|app\.ts|compose\.ts)/;

async function listLoaded(...args: string[]): Promise<string[]> {
  const notes = join(makeTempDir(), 'modules');
  const env = { PATH: process.env.PATH ?? '', NOTE_MODULES: notes };
  await promisify(execFile)(process.execPath, ['--import', SPY, MAIN, ...args], { env, cwd: makeTempDir() });
  return readFileSync(notes, 'utf8').split('\n');
}

const packagesOf = (loaded: readonly string[]): string[] => [
  ...new Set(loaded.flatMap((url) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [])),
];

describe('the command line loads what a command uses and nothing else', () => {
  it('review: no server, no database, no queue, no GitHub, no Claude; grammars only in its child processes', async () => {
    const repo = await makeRepository(FLAWED.base, FLAWED.change);
    const loaded = await listLoaded('review', '--repo', repo, '--base', 'main', '--head', 'feature', '--no-model');
    expect(loaded.filter((url) => SERVER.test(url))).toEqual([]);
    expect(packagesOf(loaded)).toContain('zod');
    expect(packagesOf(loaded).filter((name) => /ast-grep|secretlint|libpg-query|dockerfile/.test(name))).toEqual([]);
  });

  it('without a key the package of Claude is not loaded either', async () => {
    const repo = await makeRepository(FLAWED.base, FLAWED.change);
    const loaded = await listLoaded('review', '--repo', repo, '--base', 'main', '--head', 'feature');
    expect(loaded.filter((url) => SERVER.test(url))).toEqual([]);
  });

  it('--help: the parser of arguments alone', async () => {
    expect(packagesOf(await listLoaded('--help'))).toEqual(['commander']);
  });
});
