export const COMMANDS = ['review', 'help'] as const;
export type CommandName = (typeof COMMANDS)[number];

export type ParsedCommand = { name: CommandName; argument: string } | { unknown: string; nearest: CommandName };

/**
 * The command on the first line of a comment, or null. Only a line that is nothing else counts: text in code, quotes or HTML
 * comments does not start with the slash, and look-alike letters do not match. A bare `/backend-dev` is `review`.
 *
 * @param agent the name after the slash
 */
export function parseCommand(body: string, agent: string): ParsedCommand | null {
  const line = body.split(/\r?\n/, 1)[0] ?? '';
  const match = new RegExp(`^/${agent}(?:[ \\t]+([^\\n]*))?$`).exec(line);
  if (!match) return null;
  const [word = '', ...rest] = (match[1] ?? '').trim().split(/\s+/);
  const name = word.toLowerCase();
  if (name === '') return { name: 'review', argument: '' };
  const known = COMMANDS.find((command) => command === name);
  return known ? { name: known, argument: rest.join(' ') } : { unknown: word.slice(0, 40), nearest: findNearest(name) };
}

function findNearest(word: string): CommandName {
  const shared = (command: string): number => [...command].filter((letter, index) => word[index] === letter).length;
  return COMMANDS.reduce((best, command) => (shared(command) > shared(best) ? command : best));
}
