import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
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

/** @throws AppError AGENT_INVALID for an unknown agent */
export function findAgent(agents: ReadonlyMap<string, Agent>, name: string): Agent {
  const agent = agents.get(name);
  if (!agent) throw new AppError('AGENT_INVALID', describeUnknownAgent(name, agents.keys()));
  return agent;
}

export function describeUnknownAgent(name: string, known: Iterable<string>): string {
  return `no agent ${name}; there are: ${[...known].join(', ')}`;
}

/** Stands for everything that an agent is made of: its definition, guidance, rules and flows. */
export function digestAgent({ name, body }: Pick<Agent, 'name' | 'body'>, dir: string = AGENTS_DIR): string {
  const folder = join(dir, name);
  const hash = createHash('sha256').update(body);
  for (const file of listFiles(folder, '')) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest('base64url').slice(0, 16);
}

/** Files below a folder, by name; an agent need not have each of the folders. */
export function listFiles(folder: string, extension: string): string[] {
  if (!existsSync(folder)) return [];
  const files: string[] = [];
  // Node's own way down asks the disk once more for each entry.
  const look = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = `${below}${entry.name}`;
      if (entry.isDirectory() || isLinkToFolder(entry)) look(`${path}${sep}`);
      else if (entry.isFile() && path.endsWith(extension)) files.push(path);
    }
  };
  look('');
  return files.sort();
}

function isLinkToFolder(entry: Dirent): boolean {
  const path = join(entry.parentPath, entry.name);
  return entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
