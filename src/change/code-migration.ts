import type { SourceFile } from './source-file.ts';

/** The tools whose migrations are written in code. */
export const CODE_TOOLS = [
  'alembic',
  'django',
  'typeorm',
  'mikroorm',
  'kysely',
  'knex',
  'sequelize',
  'node-pg-migrate',
  'db-migrate',
  'goose',
  'gormigrate',
  'xormigrate',
  'bun',
] as const;
export type CodeTool = (typeof CODE_TOOLS)[number];

interface Sign {
  tool: CodeTool;
  kinds: readonly SourceFile['kind'][];
  /** All of them are in the text. */
  texts: readonly RegExp[];
}

const SCRIPTS = ['typescript', 'javascript'] as const;
/** Blanks and comments; bounded, since it is tried behind each comma. Each way through a text is the only one: `////` is one comment. */
const GAP = String.raw`\s*(?:(?:\/\/[^\n]{0,200}\n|\/\*(?:[^*\/]|\*(?!\/)|\/(?!\*)){0,1000}\*\/)\s*){0,10}`;
/** A file hands on how its migration goes up, and how it goes down. */
const handsOn = (name: string): RegExp =>
  new RegExp(
    String.raw`(?:\bexports\.|\bexport\s+(?:async\s+)?(?:function|const)\s+|[{,]${GAP}(?:async\s+)?)${name}\b`,
  );
const UP = handsOn('up');
const BOTH = [UP, handsOn('down')];

const SIGNS: readonly Sign[] = [
  {
    tool: 'alembic',
    kinds: ['python'],
    texts: [/^[ \t\uFEFF]*(?:from[ \t]+alembic[ \t]+import\b|import[ \t]+alembic\b)/m, /\bdef[ \t]+upgrade\b/],
  },
  {
    tool: 'django',
    kinds: ['python'],
    texts: [/\bclass[ \t]+Migration[ \t]*\([ \t\n]*(?:\w{1,80}\.){0,5}Migration\b/],
  },
  {
    tool: 'typeorm',
    kinds: SCRIPTS,
    texts: [/\bimplements[ \t\n]+MigrationInterface\b|@typedef\b.{0,80}\bMigrationInterface\b/],
  },
  { tool: 'mikroorm', kinds: SCRIPTS, texts: [/\bextends[ \t\n]+Migration\b/, /\bthis\.addSql\(/] },
  { tool: 'kysely', kinds: SCRIPTS, texts: [/\bKysely\b/, /\.execute\(/, ...BOTH] },
  { tool: 'sequelize', kinds: SCRIPTS, texts: [/\bqueryInterface\b/, ...BOTH] },
  // It works out by itself how a migration without `down` goes back.
  { tool: 'node-pg-migrate', kinds: SCRIPTS, texts: [/\bpgm\.\w/, UP] },
  { tool: 'db-migrate', kinds: SCRIPTS, texts: [/\bdb\.(?:runSql|addColumn|removeColumn|createTable)\(/, ...BOTH] },
  {
    tool: 'goose',
    kinds: ['go'],
    texts: [/"github\.com\/pressly\/goose(?:\/v\d+)?"/, /\bgoose\.Add(?:Named)?Migration\w{0,40}\(/],
  },
  {
    tool: 'gormigrate',
    kinds: ['go'],
    texts: [/"(?:github\.com\/go-gormigrate\/gormigrate(?:\/v\d+)?|gopkg\.in\/gormigrate\.v\d)"/, /\bMigrate:/],
  },
  { tool: 'xormigrate', kinds: ['go'], texts: [/"src\.techknowlogick\.com\/xormigrate"/, /\bMigrate:/] },
  {
    tool: 'bun',
    kinds: ['go'],
    texts: [/"github\.com\/uptrace\/bun"/, /\.(?:Must)?Register\([ \t\n]*(?:func\b|\w+,)/, /\bbun\.(?:DB|Tx|IDB)\b/],
  },
  { tool: 'knex', kinds: SCRIPTS, texts: [/\bknex\b|\.schema\.\w+Table\b/i, ...BOTH] },
];

/** The tool whose migration a file is, by its text; null for other code. */
export function decideCodeTool({ kind, text }: Pick<SourceFile, 'kind' | 'text'>): CodeTool | null {
  const isOf = ({ kinds, texts }: Sign): boolean => kinds.includes(kind) && texts.every((sign) => sign.test(text));
  return SIGNS.find(isOf)?.tool ?? null;
}
