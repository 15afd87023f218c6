import { endOfStatement } from './end-of-statement.ts';
import type { Source } from './source.ts';

/** `op.create_table("orders"`, `schema.createTable('orders'`, `create_index("name", "orders"`: tables that code makes. */
const MADE = /\b(?:create|alter)_?(?:table|index|unique_constraint|check_constraint)\w*\s*\(/i;
const NAMED = 6;

/** Where a migration in code makes a table, its indexes and constraints. */
export function listMade({ lines }: Source, table: string): { startLine: number; endLine: number }[] {
  const quoted = [`'${table}'`, `"${table}"`, `\`${table}\``, `.${table}'`, `.${table}"`];
  return lines.flatMap((text, at) => {
    if (!MADE.test(text)) return [];
    const endLine = endOfStatement(lines, at + 1, 70);
    const head = lines.slice(at, Math.min(endLine, at + NAMED)).join('\n');
    // Of a table only its own name counts, which comes first: others are those that it refers to.
    const own = /table\w*\s*\(/i.test(text) ? (/\(\s*["'`][^"'`]*["'`]/.exec(head)?.[0] ?? '') : head;
    return quoted.some((one) => own.includes(one)) ? [{ startLine: at + 1, endLine }] : [];
  });
}
