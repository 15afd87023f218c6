import type { Expression } from '../../../languages/form.ts';
import { visitBody } from '../../../languages/visit-expressions.ts';
import type { Wrap } from '../read-layout.ts';
import type { CodeFile } from './code-file.ts';
import { type CodeStatement, ownSql } from './code-statement.ts';
import { HANDED } from './find-up.ts';
import { type Known, type KnownCall, lastName, nameKnown, textOf } from './known.ts';
import { type TableRef, writeDropColumn, writeRenameColumn, writeRenameTable, writeTable } from './write-sql.ts';

interface Migration {
  up: Known;
  wrap: Wrap;
}

/**
 * Migrations in Go: the SQL that they send as it stands in the file, and what GORM's migrator does to tables by their names. What
 * goes up is what is registered (goose, bun) or stands as `Migrate` (gormigrate, xormigrate).
 *
 * Source: pressly.github.io/goose/documentation/annotations, …/blog/2022/go-migrations, pkg.go.dev/github.com/go-gormigrate/gormigrate/v2,
 * pkg.go.dev/src.techknowlogick.com/xormigrate, bun.uptrace.dev/guide/migrations.html, gorm.io/docs/migration.html
 */
export function readGo(file: CodeFile): CodeStatement[] {
  const { module } = file.source;
  return findMigrations(file).flatMap(({ up, wrap }, migration) => {
    const form = up.kind === 'function' ? module.functions[up.id] : undefined;
    const values = (form?.parameters ?? []).map(({ span }): Known => ({ kind: 'name', name: HANDED, span }));
    return file.runner
      .runHanded(up, values)
      .flatMap(({ call }) => readCall(call, wrap).map((one) => ({ ...one, migration })));
  });
}

function findMigrations({ source: { module, text }, runner }: CodeFile): Migration[] {
  const found: { at: number; migration: Migration }[] = [];
  const ofLists: Wrap = /\bUseTransaction:\s*true\b/.test(text) ? 'transaction' : 'string';
  const look = (one: Expression): void => {
    if (one.kind === 'map' && one.type?.kind === 'named' && /^\w*migrate\.Migration$/.test(one.type.name)) {
      const up = one.entries.find(({ key }) => key?.kind === 'text' && key.value === 'Migrate');
      if (up) found.push({ at: one.span[0], migration: { up: runner.read(up.value), wrap: ofLists } });
    }
    if (one.kind !== 'call') return;
    const name = nameKnown(runner.read(one.of));
    const values = one.arguments.map(({ value }) => runner.read(value));
    const add = (up: Known | undefined, wrap: Wrap): unknown =>
      up && found.push({ at: one.span[0], migration: { up, wrap } });
    const [, named, free] = /\/goose(?:\/v\d+)?\.Add(Named)?Migration(NoTx)?(?:Context)?$/.exec(name) ?? [];
    if (named !== undefined || name.includes('/goose'))
      add(values[named === undefined ? 0 : 1], free ? 'string' : 'transaction');
    else if (/\.(?:Must)?Register$/.test(name)) add(values[0], 'string');
  };
  for (const { body } of module.functions) visitBody(body, look);
  return found.sort((a, b) => a.at - b.at).map(({ migration }) => migration);
}

/** What changes tables by models, whose tables are not in the file. */
const BUILT =
  /^(?:New(?:DropColumn|DropTable|AddColumn|CreateIndex)|DropColumn|DropTable|RenameColumn|RenameTable|AlterColumn)$/;
const SENDS = /^(?:Must)?Exec(?:Context)?$/;

function readCall(call: KnownCall, wrap: Wrap): CodeStatement[] {
  const { span } = call;
  if (!nameKnown(call.of).startsWith(`${HANDED}.`)) return [];
  const name = lastName(call);
  const values = call.arguments.map(({ value }) => value);
  if (SENDS.test(name)) {
    const raw = rawOf(call.of);
    const sql = raw ?? values.find(({ kind }) => kind === 'text') ?? values.find((one) => nameKnown(one) !== HANDED);
    const [, built] = raw === null ? (/\.(New[A-Z]\w*)\(\)/.exec(nameKnown(call.of)) ?? []) : [];
    if (built !== undefined) return BUILT.test(built) ? [{ sql: null, span, wrap }] : [];
    return [ownSql(sql, span, wrap)];
  }
  if (!BUILT.test(name)) return [];
  const [table, first, second] = values.map(textOf);
  const unknown: CodeStatement[] = [{ sql: null, span, wrap }];
  if (table === null || table === undefined) return unknown;
  const say = (sql: string | null): CodeStatement[] => (sql === null ? unknown : [{ sql, span, wrap }]);
  const ref: TableRef = { schema: null, name: table };
  if (name === 'DropTable') return say(`DROP TABLE ${writeTable(ref)}`);
  if (name === 'DropColumn') return say(first ? writeDropColumn(ref, first) : null);
  if (name === 'RenameTable') return say(first ? writeRenameTable(ref, first) : null);
  if (name === 'RenameColumn') return say(first && second ? writeRenameColumn(ref, first, second) : null);
  return unknown;
}

/** The text of `db.NewRaw("…").Exec(ctx)`. */
function rawOf(of: Known): Known | null {
  const before = of.kind === 'field' ? of.of : null;
  return before?.kind === 'call' && /^(?:New)?Raw$/.test(lastName(before))
    ? (before.arguments[0]?.value ?? null)
    : null;
}
