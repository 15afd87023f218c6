import { expect, it } from 'vitest';
import { howKept } from '../../src/facts/removed-checks/how-kept.ts';

const NONE = {
  facts: { queries: [], routes: [] } as never,
  read: () => '',
  path: 'a.ts',
  removed: [],
  added: [],
  edits: [],
  functions: { base: [], head: [], known: [] },
};

function kept(had: string, subject: 'caller' | 'path', added: string, rest = ''): ReturnType<typeof howKept> {
  const gone = { line: 3, subject, had, name: '', isSure: true };
  const now = `${added}\n${rest}`;
  const lines = added.split('\n').map((text, index) => ({ line: index + 1, text }));
  return howKept(gone, { name: 'f', was: had, now, added, wrote: added }, { ...NONE, added: lines }, () => '');
}

it.each([
  ['a list', 'if (!file.startsWith(root))', 'path', 'const file = FILES[name];', 'read(file)'],
  ['another cleaner', 'if (!file.startsWith(root))', 'path', 'const name = basename(given);', 'read(file)'],
  ['nothing is left of it', 'if !strings.HasPrefix(path, s.root)', 'path', 'return s.dir.Open(name)', ''],
  ['a loader', 'if (order.userId !== me)', 'caller', 'const order = await orders.loadMine(id);', 'drop(order)'],
  ['who asks is handed on', 'if (!mayRead(note))', 'caller', 'return notes.of(req.user, id);', 'note'],
  ['a decorator', 'if not may_edit(page):', 'caller', '@editors_only', 'save(page)'],
  ['a dependency', 'if not may_edit(page):', 'caller', 'def save(page=Depends(editable)):', 'save(page)'],
] as const)('what may be kept otherwise is suspected: %s', (_, had, subject, added, rest) => {
  expect(kept(had, subject, added, rest)).toBe('perhaps');
});

it.each([
  [
    'a path that is put together otherwise',
    'if (!file.startsWith(root))',
    'path',
    'const file = path.join(root, name);',
    '',
  ],
  ['a line of its own', 'if (order.userId !== me)', 'caller', "log('dropped', order.id);", 'drop(order, me)'],
  ['a route', 'if not may_edit(page):', 'caller', "@router.get('/pages')", 'save(page)'],
] as const)('what keeps nothing away does not: %s', (_, had, subject, added, rest) => {
  expect(kept(had, subject, added, rest)).toBeNull();
});
