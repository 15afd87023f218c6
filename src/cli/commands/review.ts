import { parsePullRequestUrl } from '../pull-request-url.ts';
import { addOutputOptions } from './add-output-options.ts';
import type { DefineCommand } from './command.ts';

export const defineReview: DefineCommand = (program, end) => {
  addOutputOptions(program.command('review'))
    .description('reviews a local git range, or a pull request by its URL')
    .argument('[url]', 'address of a pull request', parsePullRequestUrl)
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'review what changed since the merge base with this ref (default: the default branch)')
    .option('--head <ref>', 'up to this ref (default: the working tree)')
    .option('--diff <file>', 'review a patch of the working tree instead of a range; - is standard input')
    .option('--post', 'post the review on the pull request')
    .option('--record <file>', 'keep what the model is asked and answers in a file, without credentials')
    .option('--replay <file>', 'take the model’s answers from a file: nobody is asked, and no key is needed')
    .action((url, options) => end(async () => (await import('../review.ts')).runReview(url, options)));
};
