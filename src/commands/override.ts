import type { Command } from './command.ts';

/** For this commit only: what is pushed later is checked again. */
export const override: Command = ({ argument, login }) => ({
  amendments: [{ kind: 'override', by: login, reason: argument }],
});
