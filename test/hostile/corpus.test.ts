import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { FROM_BUILD } from '../support/build.ts';
import { CORPUS, type Reviewed } from './corpus.ts';

/** A second of the main thread's own work is twice what any of these takes on a slow machine, and a fifth of what the worst once took. */
const BLOCKED_MS = 1000;

/** Of the App’s own process, after any of them: twice what it takes, and a third of what one of them once took. */
const MOST_MB = 750;

const reviewed = new Map<string, Reviewed>();

beforeAll(async () => {
  const script = fileURLToPath(new URL('./review-corpus.ts', import.meta.url));
  const args = ['--max-old-space-size=600', FROM_BUILD, script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  for (const line of output.trim().split('\n')) {
    const one = JSON.parse(line) as Reviewed;
    reviewed.set(one.name, one);
  }
  expect(code).toBe(0);
}, 600_000);

describe('a hostile pull request', () => {
  it.each(CORPUS)(
    '$name: ends in findings or is named, and the next file is reviewed',
    ({ name, files, clipped, finds }) => {
      const one = reviewed.get(name);
      expect(one?.innocent).toMatchObject({ status: 'reviewed', findings: 1 });
      expect(one?.unnamed).toBe(0);
      if (clipped) {
        expect(one?.hostile.map(({ status }) => status)).toEqual(one?.hostile.map(() => 'clipped'));
        expect(one?.told).toBe(Object.keys(files).length);
      }
      expect(one?.rssMb).toBeLessThan(MOST_MB);
      if (finds) expect(one?.rules).toContain(finds);
      expect(one?.blockedMs, `the event loop waited ${one?.delayMs} ms at most`).toBeLessThan(BLOCKED_MS);
    },
  );
});
