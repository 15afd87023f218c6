import { code } from '../review/markdown.ts';

/** The reply of `help`, and of a command that does not exist. */
export function renderHelp(agent: string, unknown?: { word: string; nearest: string }): string {
  if (unknown)
    return `There is no command ${code(unknown.word)}. Did you mean ${code(`/${agent} ${unknown.nearest}`)}?`;
  return [
    'Write one of these on the first line of a comment on a pull request:',
    '',
    `- ${code(`/${agent} review`)}, or just ${code(`/${agent}`)}: reviews the newest commit again (triage rights, or the author)`,
    `- ${code(`/${agent} help`)}: this list`,
  ].join('\n');
}
