import type { DefineCommand } from './command.ts';

export const defineMcp: DefineCommand = (program, end) => {
  program
    .command('mcp')
    .description(
      'offers review, scan, explain and agents to coding agents (Model Context Protocol, standard input and output)',
    )
    .option('--repo <dir>', 'the repository that it is confined to', '.')
    .action(({ repo }) => end(async () => (await import('../mcp.ts')).runMcp(repo)));
};
