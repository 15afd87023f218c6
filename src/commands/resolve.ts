import { code } from '../text/markdown.ts';
import type { Command } from './command.ts';

/** Closes threads; what is open stays open in the summary and the check until it is fixed or ignored. */
export const resolve: Command = ({ entry, ledger, traits }) => {
  const { resolve: ability } = traits;
  if (!ability.able) return { reply: `This App may not resolve threads here: it lacks ${code(ability.lacks)}.` };
  const entries = entry ? [entry] : ledger.entries;
  const threads = entries.flatMap(({ thread }) => (thread && !thread.resolved ? [thread.id] : []));
  return threads.length === 0 ? { reply: 'No thread of this App is open here.' } : { resolve: threads };
};
