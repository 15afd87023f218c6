import { expect, it } from 'vitest';
import { parsePatch } from '../../src/diff/patch.ts';
import { doubtMoved } from '../../src/surroundings/doubt-moved.ts';
import { finding } from '../support/finding.ts';

async function confidenceWith(path: string, text: string): Promise<unknown> {
  const gone = { ...finding({ confidence: 'medium' }), moved: ['mayRead', '!mayRead(req.user, note)'] };
  const analyses = [
    { path: 'src/notes.ts', outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [gone] } }] },
  ];
  const hunks = parsePatch(`@@ -1,0 +1,1 @@\n+${text}\n`);
  const files = [{ path, previousPath: null, status: 'modified', hunks }];
  const [one] = await doubtMoved(analyses as never, { files } as never);
  const [{ outcome } = { outcome: null }] = one?.outcomes ?? [];
  const [found] = outcome && 'findings' in outcome ? outcome.findings : [];
  expect(found).not.toHaveProperty('moved');
  return found?.confidence;
}

it.each([
  ['in a middleware of the change', 'src/own.ts', 'if (mayRead(req.user, note)) return next();', 'low'],
  ['in a test alone', 'test/own.test.ts', 'expect(mayRead(user, note)).toBe(true);', 'medium'],
  ['nowhere', 'src/own.ts', 'return next();', 'medium'],
])('a check that is gone, and stands %s', async (_, path, text, confidence) => {
  expect(await confidenceWith(path, text)).toBe(confidence);
});
