import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { lockDataDir } from '../../src/queue/data-dir-lock.ts';

/**
 * A process before the lock of a data directory, told what to do line by line: "take" it (says "held" or its error), "free"
 * it, "beget" a child that outlives this process (says its PID).
 */
let free: (() => void) | null = null;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const actions: Record<string, () => void> = {
  take: () => {
    try {
      free = lockDataDir(process.argv[2] ?? '');
      say('held');
    } catch (error) {
      say(`${(error as { code?: string }).code} ${(error as Error).message}`);
    }
  },
  free: () => {
    free?.();
    free = null;
    say('free');
  },
  beget: () => say(`${spawn('sleep', ['60'], { stdio: 'ignore', detached: true }).pid}`),
};
createInterface({ input: process.stdin })
  .on('line', (line) => actions[line]?.())
  .on('close', () => process.exit(0));
say('ready');
