import { lastPart } from '../../text/last-part.ts';
import { indexLines } from '../../text/line-index.ts';

/** What a schema says of one table: where it is made, or which of its columns are unique together. */
export interface SchemaFact {
  /** As `plainTable` writes it. */
  table: string;
  /** Unique together, as `plainColumn` writes them; null: the table, or its model, is made here. */
  columns: readonly string[] | null;
  line: number;
  /** What the index or constraint is called, where a statement gives it a name of its own. */
  name?: string;
}

/** Texts beyond it are no schema. */
const MOST_TEXT = 400_000;
const MOST_FACTS = 4000;
/** Lines of one table. */
const MOST_LINES = 300;

/** `PostLike`, `post_likes`, `"PostLikes"`: one table. */
export function plainTable(name: string): string {
  return lastPart(name)
    .replace(/(?<=[a-z0-9])(?:Entity|Model|Schema|Table)$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=\w\w)s$/, '');
}

export function plainColumn(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** A table of a file: its names, and its lines from the first to the last one, 0-based. */
interface Block {
  names: readonly string[];
  from: number;
  to: number;
}

interface Dialect {
  /** Group 1 of each is a name of the table. */
  begins: readonly RegExp[];
  /** Further names that stand in the block: `__tablename__ = "users"`. */
  named?: RegExp;
  ends: (lines: readonly string[], from: number) => number;
  /** Lines above the first one that belong to it: decorators. */
  above?: RegExp;
  /** One column that is unique by itself: group 1; in one line. */
  column: readonly RegExp[];
  /** Of several columns: group 1 lists them. */
  together: readonly RegExp[];
}

/** The unique constraints and indexes that a text declares, and the tables that it makes. A pure function of the text. */
export function listSchemaFacts(path: string, text: string): SchemaFact[] {
  if (text.length > MOST_TEXT) return [];
  const statements = listStatements(text);
  const dialects = dialectsOf(path);
  if (dialects.length === 0) return statements;
  const lines = text.split('\n');
  const facts = dialects.flatMap((dialect) =>
    listBlocks(lines, dialect).flatMap((block) => factsOf(lines, block, dialect)),
  );
  return [...facts, ...statements].slice(0, MOST_FACTS);
}

function dialectsOf(path: string): readonly Dialect[] {
  const [, ending = ''] = /\.(\w+)$/.exec(path) ?? [];
  if (ending === 'prisma') return [PRISMA];
  if (ending === 'py') return [PYTHON];
  if (ending === 'go') return [GORM];
  return /^[mc]?[jt]s$/.test(ending) ? [ENTITY, OBJECT] : [];
}

function listBlocks(lines: readonly string[], { begins, named, ends, above }: Dialect): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length && blocks.length < MOST_FACTS; at++) {
    const line = lines[at] ?? '';
    if (line.length > 1000) continue;
    const found = begins.flatMap((one) => one.exec(line)?.[1] ?? []);
    if (found.length === 0) continue;
    const to = Math.min(ends(lines, at), at + MOST_LINES, lines.length - 1);
    let from = at;
    if (above) while (from > 0 && at - from < 30 && above.test(lines[from - 1] ?? '')) from--;
    const more = named
      ? [
          ...lines
            .slice(from, to + 1)
            .join('\n')
            .matchAll(named),
        ].map(([, name = '']) => name)
      : [];
    blocks.push({ names: [...found, ...more], from, to });
    // A table in a table is none.
    at = Math.max(at, to);
  }
  return blocks;
}

function factsOf(lines: readonly string[], { names, from, to }: Block, { column, together }: Dialect): SchemaFact[] {
  const tables = [...new Set(names.map(plainTable))].filter((name) => name.length > 1);
  const facts: SchemaFact[] = [];
  const add = (columns: readonly string[] | null, line: number): void => {
    for (const table of tables) facts.push({ table, columns, line });
  };
  add(null, from + 1);
  const body = lines.slice(from, to + 1).join('\n');
  const lineAt = (index: number): number => from + body.slice(0, index).split('\n').length;
  for (const pattern of column)
    for (const match of body.matchAll(pattern)) add([plainColumn(match[1] ?? '')], lineAt(match.index));
  for (const pattern of together)
    for (const match of body.matchAll(pattern)) {
      // An index over some of the rows forbids nothing of the others.
      const end = match.index + match[0].length;
      const rest = body.slice(end, end + 200).replace(/\)[^.].*$/s, '');
      if (/\b(?:condition|where)\b\s*[:=(]/.test(rest)) continue;
      const columns = listNames(match[1] ?? '');
      if (columns.length > 0) add(columns, lineAt(match.index));
    }
  for (const [, columns, index] of groupsOf(body)) add(columns, lineAt(index));
  return facts;
}

/** `gorm:"uniqueIndex:idx_member"` on several fields: one index of them. Source: gorm.io/docs/indexes.html, Composite Indexes. */
function groupsOf(body: string): [string, string[], number][] {
  const groups = new Map<string, [string, string[], number]>();
  for (const { 1: field = '', 2: tag = '', index } of body.matchAll(/^[ \t]*(\w+)[ \t]+[^`\n]{1,200}`([^`\n]*)`/gm)) {
    const name =
      /\buniqueIndex:(\w+)/i.exec(tag)?.[1] ??
      /\bindex:(\w+),(?:[^;"]*,)?unique/i.exec(tag)?.[1] ??
      /\bunique\((\w+)\)/i.exec(tag)?.[1];
    if (name === undefined || /\bwhere:/.test(tag)) continue;
    const group = groups.get(name) ?? [name, [], index];
    group[1].push(plainColumn(field));
    groups.set(name, group);
  }
  return [...groups.values()];
}

function listNames(text: string): string[] {
  const quoted = [...text.matchAll(/["'`](\w+)["'`]/g)].map(([, name = '']) => name);
  const bare =
    quoted.length > 0 ? quoted : [...text.matchAll(/(?<![\w.])(?:\w+\.)?(\w+)/g)].map(([, name = '']) => name);
  return [...new Set(bare.map(plainColumn))].filter((name) => name !== '');
}

/** Up to the line that closes what the first one opens. */
function endOfBrackets(lines: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < lines.length && at - from < MOST_LINES; at++) {
    for (const char of (lines[at] ?? '').slice(0, 1000)) {
      if (char === '{' || char === '(' || char === '[') depth++;
      else if (char === '}' || char === ')' || char === ']') depth--;
    }
    if (depth <= 0 && (at > from || /[})\]]/.test(lines[at] ?? ''))) return at;
  }
  return from + MOST_LINES;
}

/** Up to the line before the next one that is indented no further. */
function endOfIndent(lines: readonly string[], from: number): number {
  const indent = /^\s*/.exec(lines[from] ?? '')?.[0].length ?? 0;
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() !== '' && !/^\s*[)\]}]/.test(line) && (/^\s*/.exec(line)?.[0].length ?? 0) <= indent) return at - 1;
  }
  return lines.length - 1;
}

/** Source: prisma.io/docs/orm/reference/prisma-schema-reference, `@unique` and `@@unique`. */
const PRISMA: Dialect = {
  begins: [/^\s*model\s+(\w+)\s*\{/],
  named: /@@map\(\s*(?:name:\s*)?"(\w+)"/g,
  ends: endOfBrackets,
  column: [/^[ \t]*(\w+)[ \t]+\w[^\n]*?[ \t]@unique\b/gm],
  together: [/@@(?:unique|id)\(\s*(?:fields:\s*)?\[([^\]]*)\]/g],
};

/**
 * Sources: docs.djangoproject.com/en/stable/ref/models (`unique`, `unique_together`, UniqueConstraint, OneToOneField) and
 * docs.sqlalchemy.org/en/20/core/constraints.html (UNIQUE Constraint).
 */
const PYTHON: Dialect = {
  begins: [/^\s*class\s+(\w+)\s*\([^)]*(?:Model|Base|SQLModel|Document)\w*\b[^)]*\)\s*:/],
  named: /(?:__tablename__|db_table|["']collection["'])\s*[=:]\s*["'](\w+)["']/g,
  ends: endOfIndent,
  column: [
    /^[ \t]*(\w+)[ \t]*(?::[^=\n]*)?=[ \t]*(?:[\w.]+)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?\bunique[ \t]*=[ \t]*True\b/gm,
    /^[ \t]*(\w+)[ \t]*(?::[^=\n]*)?=[ \t]*(?:models\.)?OneToOneField\(/gm,
  ],
  together: [
    /\bUniqueConstraint\(\s*(?:[^()]*?\bfields\s*=\s*)[[(]([^\])]*)[\])]/g,
    /\bUniqueConstraint\(\s*((?:["']\w+["']\s*,?\s*)+)/g,
    /\bunique_together\s*=\s*[[(]+\s*((?:["']\w+["']\s*,?\s*)+)/g,
    /\bIndex\(\s*["']\w+["']\s*,\s*((?:["']\w+["']\s*,\s*)+)unique\s*=\s*True/g,
  ],
};

/** Sources: gorm.io/docs/indexes.html; xorm.io/docs (`unique`); entgo.io/docs/schema-fields and schema-indexes. */
const GORM: Dialect = {
  begins: [/^type\s+(\w+)\s+struct\s*\{/],
  ends: endOfBrackets,
  column: [
    /^[ \t]*(\w+)[ \t]+[^`\n]{1,200}`[^`\n]*\b(?:gorm|xorm|bun):"(?:[^"`\n]*[;, ])?(?:uniqueIndex|unique)(?=[;," ])(?![^"`\n]*where:)/gim,
  ],
  together: [],
};

/** Source: typeorm.io/docs/entity/entities and /docs/advanced-topics/indices, `unique: true`, `@Unique`, `@Index`. */
const ENTITY: Dialect = {
  begins: [/^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(\w+)/],
  named: /@(?:Entity|Table)\(\s*(?:\{[^}]*?(?:name|tableName)\s*:\s*)?['"`](\w+)['"`]/g,
  ends: endOfBrackets,
  above: /^\s*(?:@|[})\]'"\w{[].*[,({})\]]\s*;?\s*$)/,
  column: [
    /@(?:Column|PrimaryColumn|Property|Prop)\(\s*\{[^{}]*\bunique\s*:\s*true\b[^{}]*\}\s*\)(?:\s*@\w+\((?:[^()]|\([^()]*\))*\))*\s*(?:public\s+|readonly\s+|declare\s+)*(\w+)[!?]?\s*:/g,
    /@(?:Index\(\s*(?:['"]\w+['"]\s*,\s*)?\{[^{}]*\bunique\s*:\s*true\b[^{}]*\}\s*\)|Unique(?:\(\s*\))?)(?:\s*@\w+(?:\((?:[^()]|\([^()]*\))*\))?)*\s*(?:public\s+|readonly\s+|declare\s+)*(\w+)[!?]?\s*:/g,
  ],
  together: [
    /@Unique\(\s*(?:['"]\w+['"]\s*,\s*)?\[([^\]]*)\]/g,
    /@Index\(\s*(?:['"]\w+['"]\s*,\s*)?\[([^\]]*)\]\s*,\s*\{[^{}]*\bunique\s*:\s*true\b/g,
  ],
};

/** Sources: sequelize.org/docs/v6/core-concepts/model-basics; mongoosejs.com/docs/schematypes.html; orm.drizzle.team/docs/indexes-constraints. */
const OBJECT: Dialect = {
  begins: [
    /\b(?:sequelize|db)\.define\(\s*['"`](\w+)['"`]/,
    /^\s*([A-Z]\w+)\.init\(\s*\{?/,
    /\b(?:const|let|var)\s+(\w+?)(?:Schema)?\s*(?::[^=]*)?=\s*new\s+(?:mongoose\.)?Schema\b/,
    /\b(?:pgTable|mysqlTable|sqliteTable)\(\s*['"`](\w+)['"`]/,
    /\.createTable\(\s*['"`](\w+)['"`]/,
  ],
  named: /\b(?:tableName|modelName|collection)\s*:\s*['"`](\w+)['"`]/g,
  ends: endOfBrackets,
  column: [
    /^[ \t]*['"]?(\w+)['"]?\s*:\s*\{[^{}]*\bunique\s*:\s*(?:true\b|['"{[])/gm,
    /^[ \t]*(\w+)\s*:\s*\w+\((?:[^()\n]|\([^()\n]*\))*\)[^,\n]*\.unique\(\s*(?:['"]\w+['"]\s*)?\)/gm,
    /\.\w+\(\s*['"`](\w+)['"`][^)\n]*\)[^;\n]*\.unique\(\s*\)/g,
  ],
  together: [
    /\bunique\s*:\s*true\s*,[^{}]*?\bfields\s*:\s*\[([^\]]*)\]/g,
    /\bfields\s*:\s*\[([^\]]*)\]\s*,[^{}]*?\bunique\s*:\s*true/g,
    /\b(?:unique|uniqueIndex)\(\s*(?:['"`]\w+['"`]\s*)?\)\s*\.on\(([^)]*)\)/g,
    /\b\w+\.unique\(\s*(\[[^\]]*\]|['"`]\w+['"`])/g,
  ],
};

/** What names its table itself, in SQL or in the call of a migration tool, wherever it stands. */
const TABLE = String.raw`["'\`[]?(?:\w+["'\`\]]?\.["'\`[]?)?(\w+)["'\`\]]?`;
const NAMED = TABLE.replace('(\\w+)', '(?<table>\\w+)');
const CREATES = new RegExp(String.raw`\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?${TABLE}\s*\(`, 'gi');
const INDEXES = new RegExp(
  String.raw`\bcreate\s+unique\s+index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?:["'\`]?(?<name>\w+)["'\`]?\s+)?on\s+(?:only\s+)?${NAMED}\s*(?:using\s+\w+\s*)?\((?<columns>[^();]*)\)(?<rest>[^;]{0,200})`,
  'gi',
);
const CONSTRAINTS = new RegExp(
  String.raw`\balter\s+table\s+(?:only\s+)?(?:if\s+exists\s+)?${NAMED}\s+add\s+(?:constraint\s+["'\`]?(?<name>\w+)["'\`]?\s+)?unique(?:\s+key)?\s*\((?<columns>[^();]*)\)`,
  'gi',
);
/** Source: alembic.sqlalchemy.org/en/latest/ops.html. */
const ALEMBIC =
  /\bcreate_unique_constraint\(\s*(?:op\.f\(\s*)?["']?(?<name>\w{0,100})[^,]{0,20},\s*["'](?<table>\w+)["']\s*,\s*\[(?<columns>[^\]]*)\]/g;
const ALEMBIC_INDEX =
  /\bcreate_index\(\s*(?:op\.f\(\s*)?["']?(?<name>\w{0,100})[^,]{0,20},\s*["'](?<table>\w+)["']\s*,\s*\[(?<columns>[^\]]*)\]\s*,[^()]{0,100}unique\s*=\s*True/g;
/** Source: mongoosejs.com/docs/api/schema.html, Schema.prototype.index(). */
const MONGOOSE = /\b(\w+?)(?:Schema)?\.index\(\s*\{([^{}]*)\}\s*,\s*\{([^{}]*)\}/g;

function listStatements(text: string): SchemaFact[] {
  const facts: SchemaFact[] = [];
  const lineAt = indexLines(text);
  const add = (table: string, columns: readonly string[] | null, index: number, name = ''): void => {
    if (columns?.length !== 0)
      facts.push({ table: plainTable(table), columns, line: lineAt(index), ...(name !== '' && { name }) });
  };
  let end = 0;
  for (const match of text.matchAll(CREATES)) {
    const [all, table = ''] = match;
    // A table in a table is none.
    if (match.index < end) continue;
    add(table, null, match.index);
    const body = bracketed(text, match.index + all.length - 1);
    end = match.index + all.length + body.length;
    for (const part of splitParts(body)) {
      const at = match.index + all.length + part.at;
      const [, listed] =
        /^\s*(?:constraint\s+\S+\s+)?(?:unique(?:\s+key)?|primary\s+key)\s*(?:\w+\s*)?\(([^()]*)\)/i.exec(part.text) ??
        [];
      const [, column] = /^\s*["'`[]?(\w+)["'`\]]?\s+\w[^]*?\bunique\b/i.exec(part.text) ?? [];
      if (listed !== undefined)
        add(
          table,
          listNames(listed).filter((one) => one !== 'id'),
          at,
        );
      else if (column !== undefined && !/^(?:constraint|unique|check|primary|foreign|exclude|index|key)$/i.test(column))
        add(table, [plainColumn(column)], at);
    }
  }
  for (const pattern of [INDEXES, CONSTRAINTS, ALEMBIC, ALEMBIC_INDEX])
    for (const { groups: { name = '', table = '', columns = '', rest = '' } = {}, index } of text.matchAll(pattern))
      if (!/^\s*(?:include[^;]*|with[^;]*|nulls[^;]*)?where\b/i.test(rest)) add(table, listNames(columns), index, name);
  for (const match of text.matchAll(MONGOOSE))
    if (/\bunique\s*:\s*true/.test(match[3] ?? '') && !/partialFilter|sparse/.test(match[3] ?? ''))
      add(
        match[1] ?? '',
        [...(match[2] ?? '').matchAll(/['"]?(\w+)['"]?\s*:/g)].map(([, name = '']) => plainColumn(name)),
        match.index,
      );
  return facts;
}

/** What stands in the brackets that open at this place. Quotes are letters here: comments of SQL have apostrophes. */
function bracketed(text: string, open: number): string {
  let depth = 0;
  const most = Math.min(text.length, open + 20_000);
  for (let at = open; at < most; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1, most);
}

/** The parts of a list, with where they begin. */
function splitParts(text: string): { text: string; at: number }[] {
  const parts: { text: string; at: number }[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (at < text.length && (text[at] !== ',' || depth > 0)) continue;
    const part = text.slice(from, at);
    parts.push({ text: part, at: from + (part.length - part.trimStart().length) });
    from = at + 1;
  }
  return parts;
}
