import type { Command } from './command.ts';

export const resume: Command = () => ({ amendments: [{ kind: 'resume' }], review: 'changed' });
