import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A repository on the disk of the cache. */
export interface Kept {
  installationId: number;
  repositoryId: number;
  dir: string;
  bytes: number;
  /** Epoch milliseconds. */
  usedAt: number;
}

const TRASH = 'trash';
const USED = 'backend-dev-used';

/** What lies in a cache: INSTALLATION/REPOSITORY, each a bare repository. What a killed process was removing is removed. */
export async function listKept(root: string): Promise<Kept[]> {
  await rm(join(root, TRASH), { recursive: true, force: true });
  const kept: Kept[] = [];
  for (const installationId of await listNumbers(root)) {
    for (const repositoryId of await listNumbers(join(root, String(installationId)))) {
      const dir = folderOf(root, installationId, repositoryId);
      await removeLeftovers(dir);
      const used = await stat(join(dir, USED)).catch(() => null);
      kept.push({ installationId, repositoryId, dir, bytes: await measurePacks(dir), usedAt: used?.mtimeMs ?? 0 });
    }
  }
  return kept;
}

export function folderOf(root: string, installationId: number, repositoryId: number): string {
  return join(root, String(installationId), String(repositoryId));
}

/** Notes the time of the last use, for the next process. */
export async function touch(dir: string): Promise<void> {
  const path = join(dir, USED);
  const now = new Date();
  await utimes(path, now, now).catch(() => writeFile(path, ''));
}

/** Packs that are there and those that are just being written. Git removes some while they are counted. */
export async function measurePacks(dir: string): Promise<number> {
  const packs = join(dir, 'objects', 'pack');
  const names = await readdir(packs).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(packs, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What a git process that was killed left: locks that stop the next one, and halves of packs. Nobody else may be writing. */
export async function removeLeftovers(dir: string): Promise<void> {
  const isLeft = (name: string): boolean =>
    name.endsWith('.lock') || name.startsWith('tmp_') || name.startsWith('.tmp-');
  for (const folder of ['', 'objects', join('objects', 'pack'), join('refs', 'wanted')]) {
    for (const name of await readdir(join(dir, folder)).catch(() => []))
      if (isLeft(name)) await rm(join(dir, folder, name), { recursive: true, force: true });
  }
}

/** Gone at once for whoever opens it from now on, whatever is still reading there. */
export async function discard(root: string, dir: string, name: string): Promise<void> {
  await mkdir(join(root, TRASH), { recursive: true });
  const trash = join(root, TRASH, name);
  await rename(dir, trash).catch(() => undefined);
  await rm(trash, { recursive: true, force: true, maxRetries: 3 });
}

async function listNumbers(dir: string): Promise<number[]> {
  const names = await readdir(dir).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}
