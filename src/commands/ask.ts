import type { Command } from './command.ts';
import { createQuestion } from './create-question.ts';

export const ask: Command = async (context) => {
  const { argument, conversant } = context;
  if ('off' in conversant) return { reply: `Claude answers questions, but Claude is off: ${conversant.off}.` };
  return { reply: await conversant.answer(await createQuestion(context, argument)) };
};
