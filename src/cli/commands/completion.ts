import { Argument } from 'commander';
import type { DefineCommand } from './command.ts';

export const defineCompletion: DefineCommand = (program, end) => {
  program
    .command('completion')
    .description('prints a completion script: source <(backend-dev completion bash)')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action((shell) =>
      end(async () => {
        process.stdout.write((await import('../render-completion.ts')).renderCompletion(program, shell));
        return 0;
      }),
    );
};
