import { z } from 'zod';
import { decidePermissions } from '../agents/effective-permissions.ts';
import { loadAgents } from '../agents/load-agents.ts';
import { describeAgent } from '../local/agents.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { escapeAll } from './bound-report.ts';
import type { Tool } from './tool.ts';

const Output = z.object({
  agents: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      model: z.string(),
      permissionMode: z.string(),
      granted: z.array(z.object({ tool: z.string(), how: z.string() })),
      refused: z.array(z.object({ tool: z.string(), why: z.string() })),
      principles: z.array(z.object({ id: z.string(), text: z.string() })),
    }),
  ),
});

const Input = z.strictObject({});

export const AGENTS_TOOL: Tool<typeof Input, typeof Output> = {
  name: 'agents',
  title: 'List the reviewing agents',
  description: 'The agents that review, the principles that their findings cite, and what each agent may do.',
  input: Input,
  output: Output,
  openWorld: false,
  run: async () => {
    const agents = [...loadAgents().values()];
    return {
      structured: escapeAll({
        agents: agents.map((agent) => {
          const { name, description, model, permissionMode } = agent;
          const { granted, refused } = decidePermissions(agent);
          const principles = agent.principles.map(({ id, text }) => ({ id, text }));
          return { name, description, model, permissionMode, granted, refused, principles };
        }),
      }),
      text: escapeInvisible(agents.map(describeAgent).join('\n\n')),
    };
  },
};
