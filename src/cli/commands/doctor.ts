import type { DefineCommand } from './command.ts';

export const defineDoctor: DefineCommand = (program, end) => {
  program
    .command('doctor')
    .description('checks environment, credentials, permissions, database and model access')
    .action(() => end(async () => (await import('../doctor.ts')).runDoctor()));
};
