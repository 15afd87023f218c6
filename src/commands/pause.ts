import type { Command } from './command.ts';

export const pause: Command = ({ login }) => ({ amendments: [{ kind: 'pause', by: login }] });
