#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { readWalls } from '../config/env.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError, describeError } from '../errors.ts';
import { joinNetwork } from '../network.ts';
import { SEVERITIES } from '../review/finding.ts';
import { escapeInvisible } from '../review/invisible.ts';
import { VERSION } from '../version.ts';
import { runAgents } from './agents.ts';
import { runConfig } from './config.ts';
import { runDoctor } from './doctor.ts';
import { type ReviewOptions, runReview } from './review.ts';
import { runScan } from './scan.ts';
import { FORMATS } from './write-report.ts';

/** 0 done, 1 a finding at or above --fail-on, 2 usage or configuration, 3 not all could be reviewed. */
async function main(argv: string[]): Promise<number> {
  let code = 0;
  const program = new Command('backend-dev')
    .description(
      'Reviews backend changes: deterministic analysers, and Claude where its endpoint is set up (ANTHROPIC_API_KEY).',
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(`backend-dev --help` lists the commands)');
  const withOutput = (command: Command): Command =>
    command
      .addOption(new Option('--format <format>', 'what to print').choices(FORMATS).default('text'))
      .option('--output <file>', 'write the result to a file')
      .addOption(
        new Option('--fail-on <severity>', 'exit 1 at a finding of this severity or above')
          .choices([...SEVERITIES, 'never'])
          .default('never'),
      )
      .option('--no-model', 'deterministic analysers only')
      .option('--explain', 'show the stages of the model review: votes, refutations, what was dropped, and why')
      .option(
        '--agent <name>',
        `the agent that reviews (default: ${DEFAULT_AGENT}, or what a pull request's base names)`,
      );
  withOutput(program.command('review'))
    .description('reviews a local git range, or a pull request by its URL')
    .argument('[url]', 'address of a pull request', parsePullRequestUrl)
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'review what changed since the merge base with this ref (default: the default branch)')
    .option('--head <ref>', 'up to this ref (default: the working tree)')
    .option('--post', 'post the review on the pull request')
    .option('--record <file>', 'keep the model’s answers in a file')
    .option('--replay <file>', 'take the model’s answers from a file; no key is needed')
    .action(async (url: PullRequestUrl | undefined, options: ReviewOptions) => {
      code = await runReview(url, options);
    });
  withOutput(program.command('scan'))
    .description('reviews every line of files and folders, as if all were new')
    .argument('[paths...]', 'files and folders', ['.'])
    .action(async (paths: string[], options: ReviewOptions) => {
      code = await runScan(paths, options);
    });
  program
    .command('agents')
    .description('lists the agents and their effective permissions')
    .argument('[file]', 'check this definition instead')
    .action((file?: string) => {
      code = runAgents(file);
    });
  program
    .command('config')
    .description('checks a repository config file and prints the effective config')
    .argument('[file]', 'the file', '.github/backend-dev.yml')
    .action((file: string) => {
      code = runConfig(file);
    });
  program
    .command('doctor')
    .description('checks environment, credentials, permissions, database and model access')
    .action(async () => {
      code = await runDoctor();
    });
  program
    .command('mcp')
    .description(
      'offers review, scan, explain and agents to coding agents (Model Context Protocol, standard input and output)',
    )
    .option('--repo <dir>', 'the repository that it is confined to', '.')
    .action(async ({ repo }: { repo: string }) => {
      code = await (await import('./mcp.ts')).runMcp(repo);
    });
  program.hook('preAction', () => joinNetwork(readWalls()));
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${escapeInvisible(describeError(error))}\n`);
    if (!(error instanceof AppError))
      process.stderr.write(`${escapeInvisible((error instanceof Error && error.stack) || '')}\n`);
    return 2;
  }
}

export interface PullRequestUrl {
  owner: string;
  repo: string;
  number: number;
}

function parsePullRequestUrl(url: string): PullRequestUrl {
  const [, owner, repo, number] = /^https?:\/\/[^/]+\/([\w.-]+)\/([\w.-]+)\/pull\/(\d+)(?:[/?#].*)?$/.exec(url) ?? [];
  if (!owner || !repo || !number) throw new InvalidArgumentError('expected https://github.com/OWNER/REPO/pull/NUMBER');
  return { owner, repo, number: Number(number) };
}

process.exitCode = await main(process.argv);
