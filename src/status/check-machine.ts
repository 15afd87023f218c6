import { loadAgents } from '../agents/load-agents.ts';
import { loadRuleTexts } from '../analysis/load-rule-texts.ts';
import { describeSecrets, type Walls } from '../config/env.ts';
import { runGit } from '../git/run-git.ts';
import { type MACHINE_CHECKS, type Outcome, ok } from './check.ts';

/** What the machine brings along. */
export function checkMachine(walls: Walls): Record<(typeof MACHINE_CHECKS)[number], () => Promise<Outcome>> {
  return {
    node: async () => ok(process.version),
    git: async () => ok((await runGit('.', ['--version'])).toString('utf8').trim()),
    secrets: async () => ok(describeSecrets().join('; ') || 'none is set'),
    network: async () => ok(describeNetwork(walls)),
    agents: async () =>
      ok(
        [...loadAgents().values()]
          .map(
            (agent) =>
              `${agent.name}: ${agent.principles.length} principles, ${loadRuleTexts(agent).size} rules and flows`,
          )
          .join('; '),
      ),
  };
}

/** How others are reached; whether they are, the other checks tell. */
function describeNetwork({ HTTPS_PROXY, HTTP_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS }: Walls): string {
  const proxy = HTTPS_PROXY ?? HTTP_PROXY;
  return [
    proxy ? `through ${proxy}${NO_PROXY ? `, but not to ${NO_PROXY}` : ''}` : 'no proxy',
    ...(NODE_EXTRA_CA_CERTS ? [`authorities of ${NODE_EXTRA_CA_CERTS}`] : []),
  ].join('; ');
}
