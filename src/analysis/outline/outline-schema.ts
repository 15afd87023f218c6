import { indexLines } from '../../text/line-index.ts';
import { type Declaration, NO_OUTLINE, type Outline } from './outline.ts';

const MOST = 4000;
const NAME = String.raw`["'\`[]?(?:\w+["'\`\]]?\.["'\`[]?)?(\w{1,100})`;
/** What begins a statement about a table, at the beginning of a line: each names it. */
const STATEMENTS = new RegExp(
  String.raw`^[ \t]*(?:(?:create\s+(?:(?:global|local)\s+)?(?:temp(?:orary)?\s+|unlogged\s+)?table|alter\s+table|drop\s+table)(?:\s+if\s+(?:not\s+)?exists)?(?:\s+only)?|create\s+(?:unique\s+)?index\s[^;()]{0,300}?\bon(?:\s+only)?|create\s+(?:or\s+replace\s+)?(?:materialized\s+)?view)\s+${NAME}`,
  'gim',
);

/** The tables of a text of SQL: each statement that makes or alters one, from its first to its last line. */
export function outlineSql(text: string): Outline {
  const lineAt = indexLines(text);
  const declarations: Declaration[] = [];
  for (const match of text.matchAll(STATEMENTS)) {
    if (declarations.length >= MOST) break;
    const start = match.index + (match[0].length - match[0].trimStart().length);
    const semicolon = text.indexOf(';', start);
    const [startLine, endLine] = [lineAt(start), lineAt(semicolon === -1 ? text.length : semicolon)];
    const name = match[1] ?? '';
    declarations.push({ name, kind: 'table', container: null, startLine, endLine, headEndLine: startLine });
  }
  return { ...NO_OUTLINE, declarations };
}

/** Models and enums of a schema of Prisma. Source: prisma.io/docs/orm/reference/prisma-schema-reference. */
export function outlinePrisma(text: string): Outline {
  const lines = text.split('\n');
  const declarations: Declaration[] = [];
  const uses: Outline['uses'] = [];
  let open: { name: string; kind: string; from: number; table: string | null } | null = null;
  for (const [index, line] of lines.entries()) {
    const begins = /^\s{0,20}(model|view|enum|type)\s{1,20}(\w{1,100})\s{0,20}\{/.exec(line);
    if (begins && declarations.length < MOST) {
      let from = index;
      while (from > 0 && index - from < 20 && /^\s{0,20}\/\//.test(lines[from - 1] ?? '')) from--;
      open = { name: begins[2] ?? '', kind: begins[1] ?? '', from: from + 1, table: null };
      continue;
    }
    if (!open) continue;
    open.table ??= /@@map\(\s*(?:name:\s*)?"(\w{1,100})"/.exec(line)?.[1] ?? null;
    const type = /^\s{1,40}\w{1,100}\s{1,80}([A-Z]\w{0,100})[?[\s]/.exec(`${line} `)?.[1];
    if (type !== undefined) uses.push({ name: type, line: index + 1, as: 'type', on: null });
    if (!/^\s{0,20}\}/.test(line)) continue;
    const place = { container: null, startLine: open.from, endLine: index + 1, headEndLine: open.from };
    declarations.push({ name: open.name, kind: 'type', ...place });
    if (open.kind === 'model' || open.kind === 'view')
      declarations.push({ name: open.table ?? open.name, kind: 'table', ...place });
    open = null;
  }
  return { declarations, uses, imports: [] };
}
