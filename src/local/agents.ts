import { readFileSync } from 'node:fs';
import { type Agent, MODEL_ALIASES } from '../agents/agent.ts';
import { decidePermissions } from '../agents/effective-permissions.ts';
import { loadAgents } from '../agents/load-agents.ts';
import { parseAgent } from '../agents/parse-agent.ts';
import { AppError, describeFileError } from '../errors.ts';
import { escapeInvisible } from '../text/invisible.ts';

/** `agents`: what each agent asks for, what it gets, and why the rest is refused. */
export function runAgents(file?: string): number {
  const agents = file === undefined ? [...loadAgents().values()] : [parseAgent(readDefinition(file), file)];
  process.stdout.write(`${escapeInvisible(agents.map(describeAgent).join('\n\n'))}\n`);
  return 0;
}

function readDefinition(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('AGENT_INVALID', `${file}: ${describeFileError(error)}`);
  }
}

export function describeAgent(agent: Agent): string {
  const { granted, refused, edits } = decidePermissions(agent);
  const model = MODEL_ALIASES[agent.model];
  return [
    `${agent.name} (${agent.source})`,
    `  ${agent.description}`,
    `  command:         /${agent.name}`,
    `  model:           ${agent.model}${model ? ` -> ${model}` : ''}`,
    `  permissionMode:  ${agent.permissionMode}: ${edits}`,
    ...granted.map(({ tool, how }) => `  ${tool.padEnd(16)} granted: ${how}`),
    ...refused.map(({ tool, why }) => `  ${tool.padEnd(16)} ${why}`),
    `  principles:      ${agent.principles.length}`,
    ...agent.principles.map(({ id, line }) => `    ${id} (line ${line})`),
  ].join('\n');
}
