import { expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { analyseFile } from '../../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));

it.each([
  [
    'a.ts',
    'typescript',
    "import express from 'express';\nexport function x( {\n  return\n",
    'near line 2: 2 of its 3 lines',
  ],
  ['a.go', 'go', 'package a\nfunc f( {\n', 'near line 2: 1 of its 2 lines'],
  // An error that takes the blank lines at the end as well.
  ['a.py', 'python', '\n(((\n)\n\n\n', 'of its 3 lines'],
  ['a.ts', 'typescript', 'import express @@@ (((\n{{\n\n\n', 'of its 2 lines'],
  ['a.ts', 'typescript', "import express from 'express';\nexport const x = express();\n", null],
  // What one construct takes that the grammar lacks is no reason to call the file unread.
  ['a.ts', 'typescript', `${'export const x = 1;\n'.repeat(40)}export const y = @@;\n`, null],
] as const)('says what could not be read as code: %s %s', async (path, kind, text, said) => {
  const { outcomes } = await analyseFile(analysers, { path, kind, text, hunks: null });
  const rules = outcomes.find(({ analyser }) => analyser === 'rules')?.outcome;
  expect(rules).toMatchObject(
    said === null ? { status: 'analysed' } : { status: 'clipped', reason: expect.stringContaining(said) },
  );
  const [, unread = 0, all = 0] = /(\d+) of its (\d+) lines/.exec(JSON.stringify(rules))?.map(Number) ?? [];
  expect(unread).toBeLessThanOrEqual(all);
});
