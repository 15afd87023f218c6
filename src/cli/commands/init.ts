import type { DefineCommand } from './command.ts';

export const defineInit: DefineCommand = (program, end) => {
  program
    .command('init')
    .description('looks at the repository and writes a commented .github/backend-dev.yml; overwrites nothing')
    .option('--repo <dir>', 'the repository', '.')
    .option('--pre-push', 'a git hook as well, that reviews what is pushed')
    .action((options) => end(async () => (await import('../init.ts')).runInit(options)));
};
