/** What an Alembic migration comes after, and what it is. */
const AFTER = /^down_revision\b[^=\n]*=\s*(.+)$/m;
const REVISION = /^revision\b[^=\n]*=\s*["']([^"']+)["']/m;

export interface Link {
  id: string;
  after: readonly string[];
}

/** The place of an Alembic migration in its chain, by its text; null for other files. */
export function readLink(text: string): Link | null {
  const [, id] = REVISION.exec(text) ?? [];
  if (id === undefined) return null;
  const [, after = ''] = AFTER.exec(text) ?? [];
  return { id, after: [...after.matchAll(/["']([^"']+)["']/g)].map(([, one = '']) => one) };
}
