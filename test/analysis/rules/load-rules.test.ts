import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AGENTS_DIR, listFiles, loadAgents } from '../../../src/agents/load-agents.ts';
import { loadRules } from '../../../src/analysis/rules/load-rules.ts';
import { makeTempDir } from '../../support/temp.ts';

const principles = new Set(
  loadAgents()
    .get('backend-dev')
    ?.principles.map(({ id }) => id),
);

it('reads a text once in a process, and one that was edited anew', () => {
  const dir = makeTempDir();
  cpSync(join(AGENTS_DIR, 'backend-dev/rules'), join(dir, 'backend-dev/rules'), { recursive: true });
  const first = loadRules('backend-dev', principles, dir);
  const again = loadRules('backend-dev', principles, dir);
  for (const [index, rule] of again.entries()) expect(rule).toBe(first[index]);

  const [file = ''] = listFiles(join(dir, 'backend-dev/rules'), '.yml');
  const path = join(dir, 'backend-dev/rules', file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^title: .*/m, 'title: Edited'));
  expect(loadRules('backend-dev', principles, dir)[0]?.title).toBe('Edited');
});
