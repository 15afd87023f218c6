import { lastPart } from '../text/last-part.ts';

const STATEMENT =
  /\b(?:table|from|join|into|update|only|truncate|references)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?["'`[]?(?:\w+["'`\]]?\.["'`[]?)?([a-z_]\w{1,62})/gi;
const INDEX = /\bon\s+(?:only\s+)?["'`]?(?:\w+["'`]?\.["'`]?)?([a-z_]\w{1,62})["'`]?\s*(?:using\b|\()/gi;
/** What stands in a table's place without being one. */
const WORDS = new Set(
  'select set values where only if not exists table the a an as lateral unnest generate_series json_each cascade this that request response body and or null true false dual information_schema conflict'.split(
    ' ',
  ),
);

/** Tables that statements of SQL in a text speak of, in the order of the text. */
export function listTableNames(text: string): string[] {
  const found = [...text.matchAll(STATEMENT), ...text.matchAll(INDEX)].map((match) => match[1] ?? '');
  return [...new Set(found.filter((name) => !WORDS.has(name.toLowerCase())))];
}

/** `selectFrom('orders')`, `trx<Order>('orders')`. Source: kysely.dev and knexjs.org, the query builders. */
const BUILT =
  /\b(?:selectFrom|insertInto|updateTable|deleteFrom|(?:inner|left|right|full)Join|knex|db|trx|tx)(?:<[^<>()]{0,80}>)?\(\s{0,20}['"`](?:\w{1,62}\.)?([a-z_]\w{1,62})/g;

const CHANGES =
  /\b(?:(?:create|alter|drop|rename|truncate)\s+(?:(?:temp(?:orary)?|unlogged|foreign)\s+)?table)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?["'`[]?(?:\w+["'`\]]?\.["'`[]?)?([a-z_]\w{1,62})/gi;

/** Tables that statements make or alter, with those that get an index: what they only refer to is as it was. */
export function listChanged(sql: string): Set<string> {
  return new Set([...sql.matchAll(CHANGES), ...sql.matchAll(INDEX)].map((match) => match[1] ?? ''));
}

/** Tables that calls of a query builder name. */
export function listBuilt(text: string): string[] {
  return [...new Set([...text.matchAll(BUILT)].map((match) => match[1] ?? ''))];
}

/** A migration written in code. Source: alembic.sqlalchemy.org (ops), typeorm.io and knexjs.org (migrations), docs.djangoproject.com (migration operations). */
const ALTERED = [
  /\b(?:add_column|drop_column|alter_column|create_table|drop_table|rename_table|batch_alter_table|create_check_constraint|drop_constraint|addColumns?|dropColumns?|changeColumn|renameColumn|removeColumn|alterTable|createTable|dropTable|renameTable|addIndex)\(\s{0,20}['"`](?:\w{1,62}\.)?([a-z_]\w{1,62})/gi,
  // The name of the index or constraint comes first.
  /\b(?:create_index|drop_index|create_unique_constraint|create_foreign_key)\(\s{0,20}(?:op\.f\(\s{0,20})?(?:['"`][^'"`\n]{1,100}['"`]|None)\)?\s{0,20},\s{0,20}['"`]([a-z_]\w{1,62})/gi,
  /\bmodel_name\s{0,5}=\s{0,5}['"]([a-z_]\w{1,62})/gi,
];

/** Tables that calls of a migration tool alter. */
export function listAltered(text: string): string[] {
  return [...new Set(ALTERED.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')))];
}

/** Whether a text holds a statement of SQL at all: `from` is an English word, too. */
export function holdsStatement(text: string): boolean {
  return /\b(?:select\b[^;]{0,2000}?\bfrom|insert\s+into|update\s+["'`\w.]{1,80}\s+set|delete\s+from|(?:create|alter|drop|truncate)\s+table|(?:left|inner|right|outer|cross)?\s*join)\b/i.test(
    text,
  );
}

/** `OrderItem`, `order_items` and `OrderItems` are one table: models are named by their thing, tables by many of them. */
export function normaliseTable(name: string): string {
  return lastPart(name)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '');
}
