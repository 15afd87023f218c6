import type { DefineCommand } from './command.ts';

export const defineInit: DefineCommand = (program, end) => {
  program
    .command('init')
    .description('looks at the repository and writes a commented .github/backend-dev.yml; overwrites nothing')
    .option('--repo <dir>', 'the repository', '.')
    .option('--pre-push', 'also write a git hook that reviews each push')
    .action((options) => end(async () => (await import('../init.ts')).runInit(options)));
};
