import { COMMANDS, type CommandName } from '../render/command-list.ts';
import { cutText } from '../text/cut-text.ts';

export type ParsedCommand = { name: CommandName; argument: string } | { unknown: string; nearest: CommandName };

/**
 * The command on the first line of a comment, or null. Only a line that is nothing else counts: text in code, quotes or HTML
 * comments does not start with the slash, and look-alike letters do not match. A bare `/backend-dev` is `review`. The text of
 * `ask` and the reasons may go on over the following lines.
 *
 * @param agent the name after the slash
 */
export function parseCommand(body: string, agent: string): ParsedCommand | null {
  const [line = '', ...more] = body.split(/\r?\n/);
  const match = new RegExp(`^/${agent}(?:[ \\t]+([^\\n]*))?$`).exec(line);
  if (!match) return null;
  const [word = '', second = ''] = (match[1] ?? '').trim().split(/\s+/);
  const name = word.toLowerCase();
  if (name === '') return { name: 'review', argument: '' };
  if (name === 'review') {
    return { name: second.toLowerCase() === 'full' ? 'review full' : 'review', argument: '' };
  }
  const known = COMMANDS.find((command) => command.name === name);
  if (!known) return { unknown: cutText(word, 40), nearest: findNearest(name) };
  const rest = (match[1] ?? '').trim().slice(word.length).trim();
  const argument = [rest, ...(known.argument === '' ? [] : more)].join('\n').trim();
  const missing = known.argument !== '' && !known.argument.includes('[') && argument === '';
  return missing
    ? { unknown: `${name} without ${known.argument.trim()}`, nearest: known.name }
    : { name: known.name, argument };
}

/** By edit distance, so that a letter left out or changed over finds its command. */
function findNearest(word: string): CommandName {
  const typed = cutText(word, 20);
  return COMMANDS.map(({ name }) => ({ name, distance: countEdits(typed, name) })).reduce((best, one) =>
    one.distance < best.distance ? one : best,
  ).name;
}

/** Levenshtein's distance. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
