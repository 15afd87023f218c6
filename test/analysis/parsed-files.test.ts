import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';
import { AGENTS_DIR, listFiles, loadAgents } from '../../src/agents/load-agents.ts';
import { loadFlowClasses } from '../../src/analysis/load-flow-data.ts';
import { loadRules } from '../../src/analysis/rules/load-rules.ts';
import { type FileKind, nameParsed } from '../../src/analysis/rules/parsed-files.ts';
import { makeTempDir } from '../support/temp.ts';

/** What it is compared with is read from the files, not from the build of this run. */
vi.mock('../../src/built-files.ts', () => ({ PARSED_FILES: '' }));

const ROOT = new URL('../../', import.meta.url).pathname;

/** A copy of the sources as the build leaves them: with `parsed-files.txt` beside the code. */
function build(): string {
  const dir = makeTempDir();
  mkdirSync(join(dir, 'dist'));
  execFileSync('cp', ['-r', join(ROOT, 'agents'), dir]);
  for (const one of readdirSync(join(ROOT, 'src')))
    if (one !== 'sandbox') execFileSync('cp', ['-r', join(ROOT, 'src', one), join(dir, 'dist')]);
  execFileSync('cp', [join(ROOT, 'package.json'), dir]);
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  execFileSync(process.execPath, [join(dir, 'dist/analysis/rules/write-parsed-files.ts')]);
  return dir;
}

it('what the build parsed is what the files say, and a file that was edited since is read anew', async () => {
  const dir = build();
  const lines = readFileSync(join(dir, 'dist/parsed-files.txt'), 'utf8').split('\n');
  const parsed = new Set(lines.map((line) => line.split(' ', 1)[0]));
  const kinds: Record<string, FileKind> = { rules: 'rule', classes: 'class', models: 'model' };
  const files = listFiles(AGENTS_DIR, '.yml').filter((file) => (file.split('/')[1] ?? '') in kinds);
  const keyOf = (file: string): string =>
    nameParsed(kinds[file.split('/')[1] ?? ''] ?? 'rule', readFileSync(join(AGENTS_DIR, file)));
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => !parsed.has(keyOf(file)))).toEqual([]);
  const principles = new Set(
    loadAgents()
      .get('backend-dev')
      ?.principles.map(({ id }) => id),
  );
  const url = (path: string): string => pathToFileURL(join(dir, 'dist/analysis', path)).href;
  const built = (await import(url('rules/load-rules.ts'))) as { loadRules: typeof loadRules };
  const flows = (await import(url('load-flow-data.ts'))) as { loadFlowClasses: typeof loadFlowClasses };
  expect(built.loadRules('backend-dev', principles)).toEqual(loadRules('backend-dev', principles));
  expect(flows.loadFlowClasses('backend-dev', principles)).toEqual(loadFlowClasses('backend-dev', principles));
  const [edited = ''] = listFiles(join(dir, 'agents/backend-dev/rules'), '.yml');
  const path = join(dir, 'agents/backend-dev/rules', edited);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^title: .*/m, 'title: Edited'));
  expect(built.loadRules('backend-dev', principles).map(({ title }) => title)).toContain('Edited');
});
