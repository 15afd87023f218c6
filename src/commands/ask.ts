import type { Command } from './command.ts';

export const ask: Command = async ({ conversant, argument, pull, entry, source }) => {
  if ('off' in conversant) return { reply: `Questions are answered by Claude, and it is off: ${conversant.off}.` };
  return { reply: await conversant.answer({ pull, text: argument, entry, source: await source() }) };
};
