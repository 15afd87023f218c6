import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { urlOfProgram } from '../../src/built-files.ts';
import { FLAWED } from '../support/stack.ts';
import { makeRepository } from '../support/temp.ts';

const MAIN = fileURLToPath(urlOfProgram('cli/main'));
const hasTerminal = spawnSync('script', ['--version']).stdout?.includes('util-linux') === true;

/** What a person sees: both streams on a terminal of 80 columns. */
function onTerminal(cwd: string, args: string, env: Record<string, string> = {}): string {
  const command = `"${process.execPath}" "${MAIN}" ${args}`;
  return execFileSync('script', ['--quiet', '--command', command, '/dev/null'], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', ...env },
  });
}

const hasColour = (text: string): boolean => text.split('\u001B').some((part) => /^\[\d+m/.test(part));

it.runIf(hasTerminal)('a terminal gets progress, colours and links; NO_COLOR and --quiet count', async () => {
  const repo = await makeRepository(FLAWED.base, FLAWED.change);
  const seen = onTerminal(repo, 'review', { FORCE_HYPERLINK: '1' });
  expect(seen).toMatch(/reviewing .* \d\/\d files/);
  expect(hasColour(seen)).toBe(true);
  expect(seen).toContain('\u001B]8;;file://');
  expect(seen).toContain('\u001B[2m      3 |   return pool.query(');
  const plain = onTerminal(repo, 'review', { NO_COLOR: '1' });
  expect(plain).toContain('Request input becomes SQL text');
  expect(hasColour(plain)).toBe(false);
  expect(plain).not.toContain('\u001B]8;;');
  expect(onTerminal(repo, 'review --quiet', { NO_COLOR: '1' })).not.toContain('reviewing');
});
