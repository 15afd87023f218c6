import { Command } from 'commander';
import { AppError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { defineAgents } from './commands/agents.ts';
import type { DefineCommand, End } from './commands/command.ts';
import { defineCompletion } from './commands/completion.ts';
import { defineConfig } from './commands/config.ts';
import { defineDoctor } from './commands/doctor.ts';
import { defineExplainRule } from './commands/explain-rule.ts';
import { defineFacts } from './commands/facts.ts';
import { defineInit } from './commands/init.ts';
import { defineMcp } from './commands/mcp.ts';
import { defineReview } from './commands/review.ts';
import { defineScan } from './commands/scan.ts';

/** In the order of `--help`. */
const COMMANDS: readonly DefineCommand[] = [
  defineReview,
  defineScan,
  defineFacts,
  defineInit,
  defineAgents,
  defineConfig,
  defineExplainRule,
  defineDoctor,
  defineMcp,
  defineCompletion,
];

export function createProgram(end: End): Command {
  const program = new Command('backend-dev')
    .description(
      'Reviews backend changes: deterministic analysers, and Claude where its endpoint is set up (ANTHROPIC_API_KEY).',
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(`backend-dev --help` lists the commands)');
  for (const define of COMMANDS) define(program, end);
  for (const command of program.commands)
    command.showHelpAfterError(`(\`backend-dev ${command.name()} --help\` lists its arguments and options)`);
  // By itself it answers a command that is not there with the help of all of them, as if all was well.
  program.helpCommand(false);
  program
    .command('help')
    .description('displays the help of a command')
    .argument('[command]', 'the command')
    .action((name?: string) => {
      const asked = name === undefined ? program : program.commands.find((one) => one.name() === name);
      if (!asked)
        throw new AppError('ARGUMENT_INVALID', `${name}: no such command. \`backend-dev --help\` lists them.`);
      asked.help();
    });
  return program;
}
