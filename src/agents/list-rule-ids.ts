import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AGENTS_DIR } from './load-agents.ts';

/** The rules and classes of an agent by the names of their files, which are their ids: to read them all takes seconds. */
export function listRuleIds(agent: string, dir: string = AGENTS_DIR): string[] {
  // An agent need not have both.
  const folders = ['rules', 'classes'].map((folder) => join(dir, agent, folder)).filter((folder) => existsSync(folder));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap(
      (path) => /([^/\\]+)\.yml$/.exec(path)?.[1] ?? [],
    ),
  );
}
