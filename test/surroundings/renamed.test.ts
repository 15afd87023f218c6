import { describe, expect, it } from 'vitest';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

const READ = `import { readFile } from 'node:fs/promises';
export async function readSchema(name: string) {
  return await readFile('specs/' + name, 'utf8');
}
`;
const ROUTE = (utils: string): string => `import express from 'express';
import { readSchema } from '${utils}/read-schema';
const app = express();
app.get('/schema', async (req, res) => {
  res.json(await readSchema(String(req.query.name)));
});
`;

async function review(base: Tree, changed: Tree, renamed: Record<string, string>): Promise<string[]> {
  const found = await reviewTrees(base, changed, {}, renamed);
  return found.filter(({ ruleId }) => ruleId === 'path-traversal').map(({ path }) => path);
}

describe('a file that was moved', () => {
  const BASE = { 'app/api/schema.ts': ROUTE('../../utils'), 'utils/read-schema.ts': READ };

  it('keeps the flaw that it had: what it imports has another name', async () => {
    const renamed = { 'app/schema.ts': 'app/api/schema.ts' };
    expect(await review(BASE, { 'app/schema.ts': ROUTE('../utils') }, renamed)).toEqual([]);
  });

  it('keeps it as well where what it imports went along', async () => {
    const renamed = {
      'web/app/api/schema.ts': 'app/api/schema.ts',
      'web/utils/read-schema.ts': 'utils/read-schema.ts',
    };
    const head = { 'web/app/api/schema.ts': `${ROUTE('../../utils')}\n`, 'web/utils/read-schema.ts': READ };
    expect(await review(BASE, head, renamed)).toEqual([]);
  });

  it('brings the flaw that it had not', async () => {
    const checked = ROUTE('../../utils').replace('String(req.query.name)', "'all.json'");
    const base = { ...BASE, 'app/api/schema.ts': checked };
    const renamed = { 'app/schema.ts': 'app/api/schema.ts' };
    expect(await review(base, { 'app/schema.ts': ROUTE('../utils') }, renamed)).toEqual(['app/schema.ts']);
  });
});
