import type { Change, Snapshot } from '../change/change.ts';
import { decideCodeTool } from '../change/code-migration.ts';
import { hasPostgresTwin } from '../change/migration-link.ts';
import type { Repository } from '../change/repository.ts';
import type { SourceFile } from '../change/source-file.ts';
import { AppError } from '../errors.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import { findDatabases, OTHERS, showsPostgres } from './find-database.ts';

/** Code that runs only on PostgreSQL. */
const NEEDS_POSTGRES = /\bpostgresql_concurrently\b|\bdjango\.contrib\.postgres\b/;

interface Options {
  whole?: boolean;
  repository?: Repository | null;
}

/** Migrations with the database that the base says they are for. Where it cannot be listed, the files themselves must do. */
export async function addDatabases(
  sources: readonly SourceFile[],
  change: Pick<Change, 'files'>,
  snapshot: Snapshot,
  { whole = false, repository = null }: Options,
): Promise<readonly SourceFile[]> {
  const asked = sources.filter(
    ({ kind, unjudged, text }) =>
      unjudged !== 'OLD_MIGRATION' &&
      (kind === 'sql' ? !showsPostgres(text) : decideCodeTool({ kind, text }) !== null && !NEEDS_POSTGRES.test(text)),
  );
  if (asked.length === 0 || (!whole && !repository)) return sources;
  try {
    const paths = whole ? change.files.map(({ path }) => path) : ((await repository?.listFiles('base'))?.paths ?? []);
    const files = asked.map(({ path }) => path);
    const databases = await findDatabases(files, paths, (wanted) => snapshot.readBase(wanted));
    const folders = Map.groupBy(paths, dirOf);
    const brought = Map.groupBy(
      change.files.map(({ path }) => path),
      dirOf,
    );
    const namesIn = (found: Map<string, string[]>, path: string): string[] =>
      (found.get(dirOf(path)) ?? []).map(nameOf);
    const isOfOthers = (path: string): boolean => {
      const beside = namesIn(folders, path);
      if (hasPostgresTwin(nameOf(path), beside)) return true;
      // A twin that the change brings along says something only where the folder has pairs of them already.
      return (
        hasPostgresTwin(nameOf(path), namesIn(brought, path)) && beside.some((one) => hasPostgresTwin(one, beside))
      );
    };
    return sources.map((source) => {
      const database = files.includes(source.path) && isOfOthers(source.path) ? OTHERS : databases.get(source.path);
      return database === undefined ? source : { ...source, database };
    });
  } catch (error) {
    if (error instanceof AppError) return sources;
    throw error;
  }
}
