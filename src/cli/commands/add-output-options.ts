import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../findings/severities.ts';
import { FORMATS } from '../../report/formats.ts';

/** What `review` and `scan` share. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'what to print').choices(FORMATS).default('text'))
    .option('--output <file>', 'write the result to a file')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 at a finding of this severity or above')
        .choices([...SEVERITIES, 'never'])
        .default('never'),
    )
    .option('--quiet', 'no progress, and no text if nothing was found')
    .option('--no-model', 'deterministic analysers only')
    .option(
      '--explain',
      'show what became of each claim of Claude: stages, votes, refutations, what was dropped and why',
    )
    .option('--agent <name>', 'the agent that reviews (default: backend-dev, or what a pull request’s base names)');
}
