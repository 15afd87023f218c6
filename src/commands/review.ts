import type { Command } from './command.ts';

export const review: Command = () => ({ review: 'changed' });
