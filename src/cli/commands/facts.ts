import { Option } from 'commander';
import type { DefineCommand } from './command.ts';

export const defineFacts: DefineCommand = (program, end) => {
  program
    .command('facts')
    .description('lists what the code does: routes, queries, messages, outgoing calls, settings')
    .argument('[paths...]', 'files and folders', ['.'])
    .option('--repo <dir>', 'the folder that the paths are in', '.')
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .action((paths, options) => end(async () => (await import('../facts.ts')).runFacts(paths, options)));
};
