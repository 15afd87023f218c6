import { randomUUID } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { makeOwnFolder, type OwnFolder } from '../../src/git/make-own-folder.ts';
import { runGit } from '../../src/git/run-git.ts';
import { commitAll } from '../../src/sandbox/demo/make-repository.ts';

/** A folder that is gone when the test ends. */
export function makeTempDir(): string {
  const { path, remove } = keepTempDir();
  onTestFinished(remove);
  return path;
}

/** A folder for a whole file of tests, which removes it itself. */
export function keepTempDir(): OwnFolder {
  const folder = makeOwnFolder('test');
  chmodSync(folder.path, 0o755);
  return folder;
}

/** A DATA_DIR as the App leaves it before its first webhook. */
export function makeDataDir(): string {
  const dir = makeTempDir();
  cpSync(inject('dataDir'), dir, { recursive: true });
  return dir;
}

/** The same for a whole file of tests, which removes it itself. */
export function keepDataDir(): OwnFolder {
  const dir = keepTempDir();
  cpSync(inject('dataDir'), dir.path, { recursive: true });
  return dir;
}

/** A database of its own on the run's PostgreSQL, as the App leaves it before its first webhook. */
export async function makePostgresDatabase(): Promise<string> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await admin.connect();
  // By its log it takes three times as much processor.
  await admin.query(`create database ${name} template ${inject('postgresTemplate')} strategy file_copy`);
  await admin.end();
  return inject('postgresUrl').replace(/\/postgres$/, `/${name}`);
}

export type Tree = Record<string, string | Buffer | null>;

/** Repositories of before, each once: git makes one with ten processes, and most tests want the same. */
const made = new Map<string, Promise<OwnFolder>>();

/** A repository with `main` and, on top of it, one commit on `feature` for each further tree; null removes a file. */
export async function makeRepository(base: Tree, ...changes: Tree[]): Promise<string> {
  const key = JSON.stringify([base, ...changes]);
  const known = made.get(key) ?? keepRepository(base, ...changes);
  made.set(key, known);
  const dir = makeTempDir();
  cpSync((await known).path, dir, { recursive: true, preserveTimestamps: true });
  return dir;
}

/** The same for a whole file of tests, which removes it itself. */
export async function keepRepository(base: Tree, ...changes: Tree[]): Promise<OwnFolder> {
  const folder = keepTempDir();
  const dir = folder.path;
  await runGit(dir, ['init', '--quiet', '--initial-branch=main', '--template=']);
  writeTree(dir, base);
  await commitAll(dir, 'base');
  await runGit(dir, ['checkout', '--quiet', '-b', 'feature']);
  for (const change of changes) await pushTree(dir, change);
  return folder;
}

export async function pushTree(dir: string, tree: Tree): Promise<void> {
  writeTree(dir, tree);
  await commitAll(dir, 'change');
}

function writeTree(dir: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    const full = join(dir, path);
    if (content === null) {
      rmSync(full, { force: true });
      continue;
    }
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  }
}
