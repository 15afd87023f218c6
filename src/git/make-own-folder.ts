import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OwnFolder {
  path: string;
  remove: () => void;
}

/** A PID means one process only here. */
const HERE = describePlace();
/** backend-dev-KIND-PLACE-PID-RANDOM. Nothing of another form is ever removed. */
const NAME = /^backend-dev-[a-z]+-([0-9a-f]{8})-(\d+)-\w{6}$/;
/** Of another container that shares this disk nobody here knows whether it lives. No review lasts so long. */
const STRANGE_MS = 7 * 24 * 3_600_000;
/** Of one start: nobody waits long because another process was killed. */
const MOST_REMOVED = 50;
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

const own = new Set<string>();
let isTidy = false;

/**
 * A folder for this process among the temporary ones of the machine. It is gone when it is removed, and at the latest with its
 * process: what ends by a signal removes it first, and of one that was killed the next process does.
 */
export function makeOwnFolder(kind: string): OwnFolder {
  if (!isTidy) removeOrphans();
  isTidy = true;
  const path = mkdtempSync(join(tmpdir(), `backend-dev-${kind}-${HERE}-${process.pid}-`));
  if (own.size === 0) heed(true);
  own.add(path);
  return { path, remove: () => remove(path) };
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  if (own.delete(path) && own.size === 0) heed(false);
}

function heed(on: boolean): void {
  const way = on ? 'prependListener' : 'removeListener';
  process[way]('exit', removeAll);
  for (const signal of SIGNALS) process[way](signal, leave);
}

function removeAll(): void {
  for (const path of own)
    try {
      remove(path);
    } catch {
      // The next process tries again.
    }
}

/** Whoever listens as well ends the process in order, with `exit` at its end. Else it ends as if nobody had listened. */
function leave(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  process.removeListener(signal, leave);
  process.kill(process.pid, signal);
}

/** What processes of before left that were killed. */
function removeOrphans(): void {
  const folder = tmpdir();
  let removed = 0;
  for (const name of namesIn(folder)) {
    const [, place, pid] = NAME.exec(name) ?? [];
    if (pid === undefined || removed >= MOST_REMOVED) continue;
    try {
      const path = join(folder, name);
      const { uid, mtimeMs } = lstatSync(path);
      // What another user can change is not walked through.
      if (uid !== (process.getuid?.() ?? uid)) continue;
      if (place === HERE ? isAlive(Number(pid)) : Date.now() - mtimeMs < STRANGE_MS) continue;
      removed += 1;
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process removes it at this moment, or it cannot be removed.
    }
  }
}

/** A folder for temporary files need not be readable: whoever shares it makes files in it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Its kernel since that was started, and there the namespace: machines of one image have the same name and share a disk. */
function describePlace(): string {
  const known = [
    () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'),
    () => readlinkSync('/proc/self/ns/pid'),
  ].map((read) => {
    try {
      return read();
    } catch {
      // Only Linux has them.
      return '';
    }
  });
  return createHash('sha256')
    .update([hostname(), ...known].join(' '))
    .digest('hex')
    .slice(0, 8);
}
