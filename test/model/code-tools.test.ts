import { describe, expect, it } from 'vitest';
import { outlineFile } from '../../src/analysis/outline/outline-file.ts';
import { indexTree } from '../../src/context/find-context.ts';
import { createCodeTools } from '../../src/model/code-tools.ts';
import { createReadTools } from '../../src/model/read-tools.ts';
import { createSentLines } from '../../src/model/sent-lines.ts';
import { maskAlone } from '../support/mask-alone.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';

const HEAD = {
  'src/guards.ts':
    'export function requireOwner(user: User, order: Order): void {\n  if (order.owner !== user.id) throw new Error();\n}\n',
  'src/orders.ts':
    "import { requireOwner } from './guards.js';\nimport { verify } from 'jsonwebtoken';\nexport class Orders {\n  cancel(user: User, order: Order) {\n    requireOwner(user, order);\n    verify(user.token);\n  }\n}\n",
  'admin/guards.ts': 'export function requireOwner(): void {\n  return;\n}\n',
  'api/app.py': 'from api.store import load\n\ndef cancel(order_id):\n    return load(order_id)\n',
  'api/store.py': 'def load(order_id):\n    return db.get(order_id)\n',
  'pay/charge.go': 'package pay\n\nfunc (s *Service) Charge(id string) error {\n\treturn s.store.Save(id)\n}\n',
  'pay/store.go': 'package pay\n\ntype Store struct{}\n\nfunc (s *Store) Save(id string) error {\n\treturn nil\n}\n',
  'db/0001.sql': 'create table orders (\n  id bigint primary key,\n  owner bigint not null\n);\n',
  'src/key.ts': "export const apiKey = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';\nexport const other = apiKey;\n",
  'README.md': 'requireOwner is described here.\n',
};
const BASE = { ...HEAD, 'src/guards.ts': 'export function requireOwner(): void {\n  // before\n}\n' };

function open(
  tools: readonly string[] = ['Read', 'Grep'],
  texts: { head: object; base: object } = { head: HEAD, base: BASE },
) {
  const repository = createMemoryRepository(texts as never);
  const outline = (files: readonly { path: string; text: string }[]) =>
    Promise.all(files.map((file) => outlineFile(file, () => undefined)));
  const sent = createSentLines();
  const agent = { tools: tools as never };
  const all = [
    ...createReadTools(agent, repository, maskAlone, ['src/orders.ts'], sent),
    ...createCodeTools(agent, {
      repository,
      outline,
      readTree: () => indexTree(repository),
      changed: ['src/orders.ts'],
      sent,
    }),
  ];
  return async (name: string, input: Record<string, unknown>): Promise<string> =>
    (await all.find((tool) => tool.name === name)?.run(input)) ?? 'no such tool';
}

describe('Definition', () => {
  it('is the one that the imports of the asking file mean', async () => {
    const said = await open()('Definition', { name: 'requireOwner', path: 'src/orders.ts' });
    expect(said).toBe(
      'src/guards.ts lines 1–3: function requireOwner\n1 | export function requireOwner(user: User, order: Order): void {\n2 |   if (order.owner !== user.id) throw new Error();\n3 | }',
    );
  });

  it('is every one of that name where nothing says which is meant', async () => {
    const said = await open()('Definition', { name: 'requireOwner' });
    expect(said).toContain('src/guards.ts lines 1–3');
    expect(said).toContain('admin/guards.ts lines 1–3');
    expect(said).not.toContain('README');
  });

  it.each([
    ['a function of Python', 'load', 'api/store.py lines 1–2: function load'],
    ['a method of Go', 'Save', 'pay/store.go lines 5–7: method Save of Store'],
    ['a type of Go', 'Store', 'pay/store.go lines 3–3: class Store'],
    ['a method by its class', 'Orders.cancel', 'src/orders.ts lines 4–7: method cancel of Orders'],
    ['a table', 'orders', 'db/0001.sql lines 1–4: table orders'],
  ])('is %s', async (_, name, place) => {
    expect(await open()('Definition', { name })).toContain(place);
  });

  it('says that a name comes from a library, and that nobody here defines it', async () => {
    expect(await open()('Definition', { name: 'verify', path: 'src/orders.ts' })).toBe(
      'It comes from outside of this repository: jsonwebtoken.',
    );
    expect(await open()('Definition', { name: 'nobody' })).toContain('No code of this repository defines it.');
  });

  it('is the one of before, too', async () => {
    expect(await open()('Definition', { name: 'requireOwner', side: 'base' })).toContain('2 |   // before');
  });

  it('sends no line that Read sent, and the other way round', async () => {
    const call = open();
    await call('Read', { path: 'src/guards.ts' });
    expect(await call('Definition', { name: 'requireOwner', path: 'src/orders.ts' })).toContain(
      'were sent to you before',
    );
    await call('Definition', { name: 'load' });
    expect(await call('Read', { path: 'api/store.py' })).toMatch(/^\(lines 1 to 2 were sent to you before\)/);
  });

  it('shows no credential', async () => {
    const said = await open()('Definition', { name: 'apiKey' });
    expect(said).toContain('value apiKey');
    expect(said).not.toContain('0123456789abcdef');
  });

  it('says what of a long one, and of many, it does not show', async () => {
    const long = `export function run() {\n${'  step();\n'.repeat(200)}}\n`;
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`src/m${at}.ts`, 'export function same() {}\n']),
    );
    const call = open(undefined, { head: { 'src/long.ts': long, ...many }, base: {} });
    expect(await call('Definition', { name: 'run' })).toContain('(its lines 121 to 202 are not shown: Read them)');
    const said = await call('Definition', { name: 'same' });
    expect(said.match(/^1 \|/gm)).toHaveLength(4);
    expect(said).toMatch(/also src\/m\d+\.ts lines 1–1: function same/);
    expect(said).toContain('6 more files hold the name and were not opened');
  });
});

describe('References', () => {
  it('are where code uses a name, with the function around it', async () => {
    expect(await open()('References', { name: 'requireOwner' })).toBe(
      [
        "src/orders.ts:1 mentioned | import { requireOwner } from './guards.js';",
        'src/orders.ts:5 call in cancel | requireOwner(user, order);',
        'admin/guards.ts:1 defined | export function requireOwner(): void {',
        'src/guards.ts:1 defined | export function requireOwner(user: User, order: Order): void {',
      ].join('\n'),
    );
  });

  it('can be narrowed by a glob', async () => {
    const said = await open()('References', { name: 'requireOwner', glob: 'admin/**' });
    expect(said.split('\n')).toHaveLength(1);
  });

  it('do not tell what a masked line holds', async () => {
    expect(await open()('References', { name: 'ghp_0123456789abcdefghijABCDEFGHIJ012345' })).toBe('No code uses it.');
  });
});

it('belong to an agent that may Read and Grep', async () => {
  expect(await open(['Read'])('References', { name: 'load' })).toBe('no such tool');
  expect(await open(['Grep'])('Definition', { name: 'load' })).toBe('no such tool');
});
