import { expect, it } from 'vitest';
import { parsePatch } from '../../src/diff/patch.ts';
import { doubtMoved } from '../../src/surroundings/doubt-moved.ts';
import { finding } from '../support/finding.ts';

const MOVED = { moved: ['mayRead', '!mayRead(req.user, note)'] };

async function confidenceWith(
  path: string,
  text: string,
  asked: object = MOVED,
  texts: readonly (readonly [string, string])[] = [],
): Promise<unknown> {
  const gone = { ...finding({ confidence: 'medium', symbol: 'Files.upload' }), ...asked };
  const analyses = [
    { path: 'src/notes.ts', outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [gone] } }] },
  ];
  const hunks = parsePatch(`@@ -1,0 +1,${text.split('\n').length} @@\n${text.replace(/^/gm, '+')}\n`);
  const files = [{ path, previousPath: null, status: 'modified', hunks }];
  const [one] = await doubtMoved(analyses as never, { files } as never, new Map(texts));
  const [{ outcome } = { outcome: null }] = one?.outcomes ?? [];
  const [found] = outcome && 'findings' in outcome ? outcome.findings : [];
  expect(found).not.toHaveProperty('moved');
  expect(found).not.toHaveProperty('keptBy');
  return found?.confidence;
}

it.each([
  ['in a middleware of the change', 'src/own.ts', 'if (mayRead(req.user, note)) return next();', 'low'],
  ['in a test alone', 'test/own.test.ts', 'expect(mayRead(user, note)).toBe(true);', 'medium'],
  ['nowhere', 'src/own.ts', 'return next();', 'medium'],
])('a check that is gone, and stands %s', async (_, path, text, confidence) => {
  expect(await confidenceWith(path, text)).toBe(confidence);
});

it.each([
  ['guard', "app.use('/notes', requireAdmin, router);", 'low'],
  ['guard', "app.use('/note', requireAdmin, router);", 'low'],
  ['guard', "app.use('/o', requireAdmin, notesRouter);", 'low'],
  ['guard', "app.use('/orders', requireAdmin, router);", 'medium'],
  ['guard', 'app.use(requireAdmin);', 'low'],
  ['guard', '\tr.With(h.AdminOnly).Delete("/notes/{id}", api.Remove)', 'low'],
  ['guard', '\tr.With(h.AdminOnly).Delete("/orders/{id}", api.Remove)', 'medium'],
  ['guard', '@require_role("admin")\ndef upload(request):', 'low'],
  ['guard', '@require_role("admin")\ndef remove(request):', 'medium'],
  ['guard', '@UseGuards(AdminGuard)\nexport class Admins {', 'low'],
  ['guard', "app.use('/notes', router);", 'medium'],
  ['guard', 'const admin = await load(id);', 'medium'],
  ['limit', "app.post('/files', limitSize('10mb'), upload);", 'low'],
  ['limit', "app.post('/files', upload);", 'medium'],
  ['limit', "app.post('/files', limitSize('10mb'), notes.add);", 'medium'],
  ['guard', "app.post('/files', requireAdmin, files.upload);", 'low'],
  ['guard', "app.post('/files', requireAdmin, notes.add);", 'medium'],
  ['time', 'var client = &http.Client{Timeout: 5 * time.Second}', 'low'],
  ['time', 'var client = &http.Client{}', 'medium'],
])('a %s that is gone, where another file has `%s` now', async (keptBy, text, confidence) => {
  expect(await confidenceWith('src/app.ts', text, { keptBy })).toBe(confidence);
});

it.each([
  ['beside, and neither speaks of the other', 'src/admin/users.ts', [], 'medium'],
  [
    'that puts it together',
    'src/setup/http.ts',
    [['src/setup/http.ts', "import { notes } from '../notes.ts';"]],
    'low',
  ],
  ['that it names', 'src/admin/users.ts', [['src/notes.ts', "import { Page } from './admin/users.ts';"]], 'low'],
] as const)('a guard that is gone, where one stands in a file %s', async (_, path, texts, confidence) => {
  expect(await confidenceWith(path, 'router.use(requireAdmin);', { keptBy: 'guard' }, texts)).toBe(confidence);
});
