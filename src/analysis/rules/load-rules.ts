import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { AGENTS_DIR, listFiles } from '../../agents/load-agents.ts';
import { AppError } from '../../errors.ts';
import { Rule } from './rule.ts';

/**
 * Every YAML file below a folder, checked by a schema. These files are ours (or the operator's), never a repository's. An agent
 * without the folder has none: its reviews are the model's alone.
 * @throws AppError RULE_INVALID naming the file and the field
 */
export function loadDataFiles<T extends { id: string; principle: string }>(
  dir: string,
  schema: z.ZodType<T>,
  principles: ReadonlySet<string>,
): T[] {
  const loaded = new Map<string, T>();
  for (const file of listFiles(dir, '.yml')) {
    const fail = (problem: string): never => {
      throw new AppError('RULE_INVALID', `agents/${basename(dirname(dir))}/${basename(dir)}/${file}: ${problem}`);
    };
    const parsed = schema.safeParse(parseYaml(readFileSync(join(dir, file), 'utf8')));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return fail(`${issue?.path.join('.')}: ${issue?.message}`);
    }
    if (!file.endsWith(`${parsed.data.id}.yml`)) fail(`the file is named otherwise than its id ${parsed.data.id}`);
    if (!principles.has(parsed.data.principle)) fail(`unknown principle ${parsed.data.principle}`);
    if (loaded.has(parsed.data.id)) fail(`the id ${parsed.data.id} is taken`);
    loaded.set(parsed.data.id, parsed.data);
  }
  return [...loaded.values()];
}

export function loadRules(agent: string, principles: ReadonlySet<string>, dir: string = AGENTS_DIR): Rule[] {
  return loadDataFiles(join(dir, agent, 'rules'), Rule, principles);
}
