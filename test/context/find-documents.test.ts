import { expect, it } from 'vitest';
import { findDocuments } from '../../src/context/find-documents.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';

const find = async (base: Record<string, string>, changed: readonly string[], head = base) => {
  const repository = createMemoryRepository({ head, base });
  const pieces = await findDocuments(repository, Object.keys(head), changed, async (_, text) => maskText(text));
  return pieces.map(({ path, text }) => `${path}: ${text.split('\n')[0]}`);
};
const long = 'line\n'.repeat(200);

it('shows what a repository says of itself and of its deploys, the nearest first', async () => {
  const base = {
    'README.md': '# Shop',
    'docs/deploy.md': 'Migrations run after the new code.',
    'services/orders/README.md': '# Orders',
    'services/orders/docs/release.rst': 'Deployed by hand.',
    'services/mail/README.md': '# Mail',
    'services/mail/docs/deploy.md': 'Never.',
    'docs/style.md': 'Two spaces.',
    'docs/guides/users/migrations.md': 'For those who use it.',
  };
  expect(await find(base, ['services/orders/src/a.ts'])).toEqual([
    'services/orders/README.md: # Orders',
    'README.md: # Shop',
    'services/orders/docs/release.rst: Deployed by hand.',
    'docs/deploy.md: Migrations run after the new code.',
  ]);
});

it('shows what the base says: a change does not explain itself away', async () => {
  const base = { 'README.md': 'Old code runs on.' };
  expect(await find(base, ['a.ts'], { 'README.md': 'It is stopped.', 'docs/deploy.md': 'Nothing runs.' })).toEqual([
    'README.md: Old code runs on.',
  ]);
});

it.each([
  ['a long one', { 'README.md': long }],
  ['an empty one', { 'README.md': '\n' }],
  ['a history', { 'CHANGELOG.md': 'x', 'docs/release-notes.md': 'x' }],
  ['what is others’', { 'vendor/a/README.md': 'x', 'node_modules/b/docs/deploy.md': 'x' }],
  ['how versions are numbered', { 'RELEASES.md': 'Push a tag; the package is on PyPI after the workflow.' }],
  ['code', { 'deploy.ts': 'x', 'src/migrations/1.sql': 'x' }],
])('shows nothing of %s', async (_, base) => {
  expect(await find(base, ['vendor/a/x.go', 'src/a.ts'])).toEqual([]);
});

it('shows no more than a few, and not too much of them', async () => {
  const base = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`docs/deploy-${name}.md`, 'x'.repeat(2500)]));
  expect(await find(base, ['a.ts'])).toHaveLength(2);
});
