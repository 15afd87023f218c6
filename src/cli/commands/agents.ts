import type { DefineCommand } from './command.ts';

export const defineAgents: DefineCommand = (program, end) => {
  program
    .command('agents')
    .description('lists the agents and their effective permissions')
    .argument('[file]', 'check this definition instead')
    .action((file) => end(async () => (await import('../../local/agents.ts')).runAgents(file)));
};
