import type { Command } from './command.ts';

export const reviewFull: Command = () => ({ review: 'full' });
