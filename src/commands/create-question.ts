import type { CommandContext } from './command.ts';
import type { Question } from './conversant.ts';

/** A question about the pull request that a command was given on; only now are its files read. */
export async function createQuestion(context: CommandContext, text: string): Promise<Question> {
  const { config, entry, pull, source, purse } = context;
  return { pull, text, entry, source: await source(), language: config.outcome.config.language, purse };
}
