import type { Comment } from './split-statements.ts';

/**
 * How a tool runs the statements of a section. `transaction`: it wraps them. `string`: it sends them as one string, which
 * PostgreSQL wraps as soon as there are two of them. Null: each by itself, or nothing says how.
 */
export type Wrap = 'transaction' | 'string' | null;

export interface Section {
  from: number;
  undo: boolean;
  wrap: Wrap;
  /** Its transaction is its own: what the section before it did has been committed. */
  alone?: true;
}

interface Marker {
  pattern: RegExp;
  undo?: boolean;
  wrap?: Wrap;
  alone?: true;
}

/**
 * The comments by which tools cut a file, as their documentation has them: goose (pressly.github.io/goose), sql-migrate,
 * dbmate (a `transaction:false` section goes out as one string: amacneil/dbmate#455), micrate, rambler, node-pg-migrate,
 * tern, MyBatis, Play, Liquibase's formatted SQL, drizzle (one transaction for all: drizzle-team/drizzle-orm#860).
 */
const MARKERS: readonly Marker[] = [
  { pattern: /^\+goose\s+up\b/i, wrap: 'transaction' },
  { pattern: /^\+goose\s+down\b/i, undo: true },
  { pattern: /^\+migrate\s+up\b(?!.*\bnotransaction\b)/i, wrap: 'transaction' },
  { pattern: /^\+migrate\s+up\b/i, wrap: null },
  { pattern: /^\+migrate\s+down\b/i, undo: true },
  { pattern: /^migrate:up\b(?!.*\btransaction:\s*false\b)/i, wrap: 'transaction' },
  { pattern: /^migrate:up\b/i, wrap: 'string' },
  { pattern: /^migrate:down\b/i, undo: true },
  { pattern: /^(?:\+micrate|rambler)\s+up\b/i, wrap: null },
  { pattern: /^(?:\+micrate|rambler)\s+down\b/i, undo: true },
  { pattern: /^-*\s*up\s+migration\b/i, wrap: 'transaction' },
  { pattern: /^-*\s*down\s+migration\b/i, undo: true },
  { pattern: /^--\s*create above \/ drop below\s*--/i, undo: true },
  { pattern: /^\/\/\s*@undo\b/i, undo: true },
  { pattern: /^(?:---\s*)?!ups\b/i, wrap: null },
  { pattern: /^(?:---\s*)?!downs\b/i, undo: true },
  { pattern: /^changeset\s+\S+:\S+(?!.*\brunInTransaction:\s*false\b)/i, wrap: 'transaction', alone: true },
  { pattern: /^changeset\s+\S+:\S+/i, wrap: null },
  { pattern: /^>\s*statement-breakpoint\b/i, wrap: 'transaction' },
];
const PLAIN_UP = /^[-=*+@ ]*up[-=*: ]*$/i;
const PLAIN_DOWN = /^[-=*+@ ]*(?:down|undo|rollback)[-=*: ]*$/i;
const NO_TRANSACTION =
  /^(?:\+goose\s+no\s+transaction|---*\s*tern:\s*disable-tx\b|atlas:txmode\s+none|no-transaction)/i;

/** Undo by name: golang-migrate and its kin, Flyway's `U`, postgrator, sqitch. */
const UNDO_FILE =
  /(?:[._-](?:down|undo|revert|rollback)\.\w+|\.undo\.[^/]*|(?:^|\/)down\.\w+|(?:^|\/)U\d[\w.]*__[^/]*|(?:^|\/)(?:revert|undo|rollbacks?|downs?)\/[^/]*)$/;
/** Tools that run the whole file: markers in it are nothing but comments to them. */
const WHOLE_FILE = /(?:\.up\.\w+|(?:^|\/)[VR][\w.]*__[^/]*|(?:^|\/)\d{8,}_[^/]*\/migration\.sql)$/;
/** golang-migrate sends a file as one string (golang-migrate/migrate#284); sqlx and atlas wrap the same layout. */
const ONE_STRING = /\.up\.\w+$/;
const DUMP_FILE =
  /(?:^|[/_.-])(?:schemas?|structure|dump|seeds?|fixtures?|init|baseline|ddl|tables)(?:[_.-][^/]*)?\.\w+$/i;
const MIGRATION_FOLDER = /(?:^|\/)(?:\w*[_-])?(?:migrations?|migrate|changesets?|changelogs?|flyway|versions)\//i;

export interface Layout {
  /** An undo script, or a description of a whole schema: run on a database that has nothing to lose. */
  whole: 'undo' | 'dump' | null;
  sections: Section[];
}

/** What a file is to the tool that runs it: by its name first, then by the comments that tools read. */
export function readLayout(path: string, comments: readonly Comment[]): Layout {
  if (UNDO_FILE.test(path)) return { whole: 'undo', sections: [] };
  if (!isMigrationFolder(path) && (DUMP_FILE.test(path) || isDump(comments))) return { whole: 'dump', sections: [] };
  if (WHOLE_FILE.test(path))
    return { whole: null, sections: [{ from: 0, undo: false, wrap: ONE_STRING.test(path) ? 'string' : null }] };
  const free = comments.some(({ text }) => NO_TRANSACTION.test(text));
  const sections: Section[] = [{ from: 0, undo: false, wrap: null }];
  let sawUp = false;
  for (const { at, text } of comments) {
    const found = MARKERS.find(({ pattern }) => pattern.test(text));
    if (found) {
      const { undo = false, wrap = null, alone } = found;
      sections.push({ from: at, undo, wrap: free ? null : wrap, ...(alone && { alone }) });
    } else if (PLAIN_UP.test(text)) {
      sawUp = true;
      sections.push({ from: at, undo: false, wrap: null });
    } else if (sawUp && PLAIN_DOWN.test(text)) sections.push({ from: at, undo: true, wrap: null });
  }
  // drizzle writes its mark between statements: what stands before the first one is in the same transaction.
  const [start, second] = sections;
  if (start && second?.wrap === 'transaction' && comments.some(({ text }) => /^>\s*statement-breakpoint/.test(text)))
    start.wrap = 'transaction';
  return { whole: null, sections };
}

export function isMigrationFolder(path: string): boolean {
  return MIGRATION_FOLDER.test(path);
}

function isDump(comments: readonly Comment[]): boolean {
  return comments.slice(0, 5).some(({ text }) => /^PostgreSQL database dump\b/i.test(text));
}
