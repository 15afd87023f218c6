import { addOutputOptions } from './add-output-options.ts';
import type { DefineCommand } from './command.ts';

export const defineScan: DefineCommand = (program, end) => {
  addOutputOptions(program.command('scan'))
    .description('reviews every line of files and folders, as if all were new')
    .argument('[paths...]', 'files and folders', ['.'])
    .action((paths, options) => end(async () => (await import('../scan.ts')).runScan(paths, options)));
};
