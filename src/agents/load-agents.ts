import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../errors.ts';
import type { Agent } from './agent.ts';
import { parseAgent } from './parse-agent.ts';

/** agents/ beside src/ (or dist/) in the checkout and in the published package. */
export const AGENTS_DIR = fileURLToPath(new URL('../../agents/', import.meta.url));

/**
 * Every agent of a folder, by name. Another file dropped into it is another reviewer with its own command.
 * @throws AppError AGENT_INVALID naming file and line, or two files with one name
 */
export function loadAgents(dir: string = AGENTS_DIR): Map<string, Agent> {
  const agents = new Map<string, Agent>();
  for (const file of readdirSync(dir)
    .filter((name) => name.endsWith('.md'))
    .sort()) {
    const agent = parseAgent(readFileSync(join(dir, file), 'utf8'), `agents/${file}`);
    const twin = agents.get(agent.name);
    if (twin)
      throw new AppError('AGENT_INVALID', `agents/${file}:2: the name ${agent.name} is taken by ${twin.source}`);
    agents.set(agent.name, agent);
  }
  return agents;
}

/** What an agent knows beyond its definition: `agents/NAME/guidance/*.md`, in the order of the file names. */
export function loadGuidance(name: string, dir: string = AGENTS_DIR): string {
  const folder = join(dir, name, 'guidance');
  try {
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .sort();
    return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
