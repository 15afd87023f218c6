import type { DefineCommand } from './command.ts';

export const defineConfig: DefineCommand = (program, end) => {
  program
    .command('config')
    .description('checks a repository config file and prints the effective config')
    .argument('[file]', 'the file', '.github/backend-dev.yml')
    .action((file) => end(async () => (await import('../config.ts')).runConfig(file)));
};
