import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AGENTS_DIR } from './load-agents.ts';

/** The rules and classes of an agent by the names of their files, which are their ids: to read them all takes seconds. */
export function listRuleIds(agent: string, dir: string = AGENTS_DIR): string[] {
  return ['rules', 'classes'].flatMap((folder) =>
    readdirSync(join(dir, agent, folder), { recursive: true, encoding: 'utf8' }).flatMap(
      (path) => /([^/\\]+)\.yml$/.exec(path)?.[1] ?? [],
    ),
  );
}
