import { code, escapeMarkdown, fence } from '../text/markdown.ts';
import type { Command } from './command.ts';

/** The settings in force: the base commit's, or the defaults. */
export const showConfig: Command = ({ config: { outcome, source }, pull }) => {
  const where = {
    ok: `From ${code(source)}, as it stands on ${code(pull.baseRef)}`,
    absent: `There is no ${code(source)} on ${code(pull.baseRef)}, so these are the defaults`,
    invalid: `${code(source)} is broken, so these are the defaults`,
  }[outcome.kind];
  const problems =
    outcome.kind === 'invalid' ? `\n\n${outcome.problems.map((one) => `- ${escapeMarkdown(one)}`).join('\n')}` : '';
  return { reply: `${where}:${problems}\n\n${fence(JSON.stringify(outcome.config, null, 2), 'json')}` };
};
