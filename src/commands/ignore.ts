import { code } from '../review/markdown.ts';
import type { Command } from './command.ts';

/** Remembered in our own comment, over pushes and rebases; the summary shows who and why. */
export const ignore: Command = ({ agent, argument, entry, login }) => {
  if (!entry?.thread) return { reply: `Write ${code(`/${agent.name} ignore REASON`)} in the thread of the finding.` };
  const reason = argument === '' ? null : argument;
  return { amendments: [{ kind: 'ignore', thread: entry.thread.first.databaseId, by: login, reason }] };
};
