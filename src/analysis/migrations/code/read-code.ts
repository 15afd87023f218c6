import { type CodeTool, decideCodeTool } from '../../../change/code-migration.ts';
import type { SourceFile } from '../../../change/source-file.ts';
import { lowerFile } from '../../../languages/lower-file.ts';
import { readAlembic } from './alembic.ts';
import type { CodeFile } from './code-file.ts';
import type { CodeStatement } from './code-statement.ts';
import { readDjango } from './django.ts';
import { findUnread } from './find-unread.ts';
import { readGo } from './go.ts';
import { readKnex } from './knex.ts';
import { readKysely } from './kysely.ts';
import { readNodePgMigrate } from './node-pg-migrate.ts';
import { readDbMigrate, readMikroOrm } from './raw-sql.ts';
import { createRunner } from './run-function.ts';
import { readSequelize } from './sequelize.ts';
import { readTypeOrm } from './typeorm.ts';

const READERS: Record<CodeTool, (file: CodeFile) => CodeStatement[]> = {
  alembic: readAlembic,
  django: readDjango,
  typeorm: readTypeOrm,
  mikroorm: readMikroOrm,
  kysely: readKysely,
  knex: readKnex,
  sequelize: readSequelize,
  'node-pg-migrate': readNodePgMigrate,
  'db-migrate': readDbMigrate,
  goose: readGo,
  gormigrate: readGo,
  xormigrate: readGo,
  bun: readGo,
};

/** What a migration in code does to the database, as far as it was followed (`clipped`); null where the file is none. @throws TooDeep, ParserBroken */
export async function readCode(
  file: Pick<SourceFile, 'path' | 'kind' | 'text'>,
): Promise<{ tool: CodeTool; statements: CodeStatement[]; clipped: boolean } | null> {
  const tool = decideCodeTool(file);
  const module = tool === null ? null : await lowerFile(file.path, file.text);
  if (tool === null || module === null) return null;
  const source = { module, text: file.text };
  const runner = createRunner(source);
  const statements = READERS[tool]({ path: file.path, source, runner });
  // Go's readers say themselves what is not known.
  const unread = module.language === 'go' ? [] : findUnread(source, statements);
  return { tool, statements: [...statements, ...unread], clipped: runner.isClipped() };
}
