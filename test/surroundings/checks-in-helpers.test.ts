import { expect, it } from 'vitest';
import { reviewTrees } from '../support/review-trees.ts';

const TOP = "import { readFile } from 'node:fs/promises';\n";
const BASE = `${TOP}import path from 'node:path';
const ROOT = '/srv/files';
export async function get(req, res) {
  const full = path.resolve(ROOT, String(req.query.name));
  if (!full.startsWith(ROOT + path.sep)) return res.status(400).end();
  res.send(await readFile(full));
}
`;
const HEAD = `${TOP}import { inside } from './safe.ts';
export async function get(req, res) {
  const full = inside(String(req.query.name));
  if (!full) return res.status(400).end();
  res.send(await readFile(full));
}
`;
const helper = (answer: string): string => `import path from 'node:path';
const ROOT = '/srv/files';
export function inside(name) {
  const full = path.resolve(ROOT, name);
  return ${answer};
}
`;

async function review(answer: string): Promise<string[]> {
  const head = { 'src/get.ts': HEAD, 'src/safe.ts': helper(answer) };
  const findings = await reviewTrees({ 'src/get.ts': BASE }, head, {});
  return findings.map(({ ruleId }) => ruleId);
}

it('a check that moved into a helper of another file is not gone', async () => {
  expect(await review('full.startsWith(ROOT + path.sep) ? full : null')).toEqual([]);
});

it('a helper of another file that checks nothing is no check', async () => {
  expect(await review('full')).not.toEqual([]);
});
