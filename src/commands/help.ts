import { COMMANDS } from '../render/command-list.ts';
import { code } from '../text/markdown.ts';

/** The reply of `help`, and of a command that does not exist. */
export function renderHelp(agent: string, unknown?: { word: string; nearest: string }): string {
  if (unknown)
    return `There is no command ${code(unknown.word)}. Did you mean ${code(`/${agent} ${unknown.nearest}`)}?`;
  const lines = COMMANDS.map(({ name, argument, does, needs, author }) => {
    const bare = name === 'review' ? `, or just ${code(`/${agent}`)}` : '';
    const who = needs === 'none' ? '' : ` (${needs} rights${author ? ', or the author' : ''})`;
    return `- ${code(`/${agent} ${name}${argument}`)}${bare}: ${does}${who}`;
  });
  return ['Write one of these on the first line of a comment on a pull request:', '', ...lines].join('\n');
}
