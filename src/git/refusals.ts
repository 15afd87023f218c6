import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const Refusal = z.object({ until: z.number(), reason: z.string() });

/** How long a refused repository is not tried again, in milliseconds. */
const FOR = { 'too-large': 7 * 24 * 3_600_000, 'too-slow': 24 * 3_600_000 };

/** Refusals are kept in a file beside the repository's folder, so that the next process knows them. */
const fileOf = (dir: string): string => `${dir}.refused`;

/** Why a repository is not fetched at present, or null. */
export async function readRefusal(dir: string, now: number): Promise<string | null> {
  try {
    const { until, reason } = Refusal.parse(JSON.parse(await readFile(fileOf(dir), 'utf8')));
    return until > now ? reason : null;
  } catch {
    // There is none, or half of one: it is tried.
    return null;
  }
}

export async function writeRefusal(dir: string, kind: keyof typeof FOR, reason: string, now: number): Promise<void> {
  await mkdir(dirname(dir), { recursive: true });
  await writeFile(fileOf(dir), JSON.stringify({ until: now + FOR[kind], reason }));
}

export async function forgetRefusal(dir: string): Promise<void> {
  await rm(fileOf(dir), { force: true });
}
