import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { AskForName } from '../find-readers.ts';
import type { SchemaFact } from './list-uniques.ts';

/** What undoes a migration takes away what that one has made. */
const UNDOES =
  /\bdef downgrade\b|\bexports\.down\b|\bdown\s*[(=:]|--\s*\+goose Down|--\s*migrate:down|-- \+migrate Down/;
const UNDOING = /\.down\.\w+$|[/_.-](?:down|rollback|undo)\b/i;

/** A later migration drops this index or constraint by its name. */
export async function isDropped(
  { name, path }: Pick<SchemaFact, 'name'> & { path: string },
  ask: AskForName,
): Promise<boolean> {
  if (name === undefined) return false;
  const files = (await ask(name)) ?? new Map<string, string>();
  const drops = new RegExp(
    `\\bdrop\\s+(?:index|constraint)\\b[^;\\n]{0,80}\\b${escapeRegExp(name)}\\b|\\bdrop_?(?:index|unique|constraint)\\([^;]{0,200}["'\`]${escapeRegExp(name)}["'\`]`,
    'i',
  );
  return [...files].some(([own, text]) => isLater(own, path) && drops.test(text.split(UNDOES, 1)[0] ?? ''));
}

/** By their numbers; names without one have no order, and any other file may come later. */
function isLater(own: string, path: string): boolean {
  if (own === path || UNDOING.test(own)) return false;
  const [a, b] = [own, path].map((one) => /\d{3,}(?=[^/]*$|\/[^/]*$)/.exec(one)?.[0]);
  return a === undefined || b === undefined || a.length !== b.length || a > b;
}
