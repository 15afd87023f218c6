import { describe, expect, it } from 'vitest';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { keepUnlike } from '../../src/surroundings/keep-unlike.ts';
import { finding as aFinding } from '../support/finding.ts';

async function keep(files: Record<string, string>, path: string): Promise<RawFinding | undefined> {
  const finding: RawFinding = { ...aFinding(), ruleId: 'unguarded-file', source: 'rules', trace: [], path };
  const analysis = {
    path,
    outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [finding] } }],
  } as unknown as FileAnalysis;
  const find = async (words: readonly string[]): Promise<Map<string, string>> =>
    new Map(Object.entries(files).filter(([, text]) => words.some((word) => text.includes(word))));
  const [made] = await keepUnlike([analysis], find);
  const outcome = made?.outcomes[0]?.outcome;
  return outcome && outcome.status !== 'failed' ? outcome.findings[0] : undefined;
}

const OWN = 'routes/vectors/index.ts';
const OPEN = `import express from 'express';
const router = express.Router();
router.delete('/:id', vectors.remove);
export default router;
`;
const guarded = (guard: string): string => OPEN.replace("'/:id', ", `'/:id', ${guard}, `);
const MOUNT = `import express from 'express';
import vectors from './vectors';
const router = express.Router();
router.use('/vectors', vectors);
`;

function beside(guards: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    guards.map((guard, index) => [`routes/${'abcdefgh'[index]}s/index.ts`, guard === '' ? OPEN : guarded(guard)]),
  );
}

const FIVE = [
  "checkPermission('a')",
  "checkPermission('b')",
  "checkAnyPermission('c,d')",
  "checkPermission('e')",
  "checkPermission('f')",
];

describe('a file of routes that asks nobody', () => {
  it('is told where the files beside it ask, and names them', async () => {
    const found = await keep({ [OWN]: OPEN, ...beside(FIVE), 'routes/index.ts': MOUNT }, OWN);
    expect(found?.explanation).toContain(
      '`checkPermission`, or one like it, stands in 5 of 5 such files beside it, as in `routes/as/index.ts`',
    );
  });

  it('is told beside files of one folder, too', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [`api/${name}.ts`, guarded('requireUser')]),
    );
    expect(await keep({ 'api/vectors.ts': OPEN, ...files }, 'api/vectors.ts')).toBeDefined();
  });

  it.each([
    ['too few ask', { ...beside(FIVE.slice(1)), 'routes/index.ts': MOUNT }],
    ['several do not', { ...beside([...FIVE, '', '']), 'routes/index.ts': MOUNT }],
    ['each asks something else', beside(['requireUser', "checkPermission('a')", 'isAdmin', 'checkToken', 'hasRole'])],
    ['the guard is only a comment', beside(['/* */ load'])],
    [
      'whoever mounts it asks',
      { ...beside(FIVE), 'routes/index.ts': MOUNT.replace("'/vectors', ", "'/vectors', requireUser, ") },
    ],
    [
      'the others are another folder',
      Object.fromEntries(Object.entries(beside(FIVE)).map(([path, text]) => [`other/${path}`, text])),
    ],
    [
      'the others change nothing',
      Object.fromEntries(Object.entries(beside(FIVE)).map(([path, text]) => [path, text.replace('.delete(', '.get(')])),
    ],
  ])('is not told where %s', async (_, files) => {
    expect(await keep({ [OWN]: OPEN, ...files }, OWN)).toBeUndefined();
  });
});
