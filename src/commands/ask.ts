import type { Command } from './command.ts';

export const ask: Command = async ({ config, conversant, argument, pull, entry, source, spend }) => {
  if ('off' in conversant) return { reply: `Questions are answered by Claude, and it is off: ${conversant.off}.` };
  return {
    reply: await conversant.answer({
      pull,
      text: argument,
      entry,
      source: await source(),
      language: config.outcome.config.language,
      spend,
    }),
  };
};
