import { expect, it } from 'vitest';
import { fenceCode } from '../../src/model/fence-code.ts';
import { sanitiseModelText } from '../../src/model/sanitise.ts';
import { printUnder } from '../../src/text/print-markdown.ts';

const MANY = `// src/deliveries.ts
export async function findOf(endpointId: string): Promise<Row | undefined> {
  const { rows } = await pool.query<Row>('select * from rows where id = $1', [endpointId]);
  return rows[0];
}`;

it.each([
  ['several lines, with the path above', MANY],
  ['one line of Go', 'device, err := q.LockDevice(ctx, params)'],
  ['one line of a route', "routes.post('/:id', requireRole('admin'), async (req, res) => {"],
  ['SQL', 'alter table a add column b text;'],
  ['a return', 'return row.owner if row else None'],
  ['a return of words', "return fail('not when the order is closed')"],
  ['a return with a comment', 'return rows[0] // the one that is newest'],
  ['a statement', "raise HTTPError(409, 'both are the same') from error"],
  ['comments of Python', '# First release: both names are known.\n# Next release: this migration.'],
])('puts a fix that is code into a fence: %s', (_, fix) => {
  expect(fenceCode(fix, 'src/a.ts')).toBe(`\`\`\`ts\n${fix}\n\`\`\``);
});

it.each([
  'Refuse every key that does not begin with the team’s folder and a slash.',
  'Use the transaction: `if err := q.Revoke(ctx, id); err != nil {`',
  'Add `where owner = $1`.',
  'Keep a read with `.forUpdate()` for `postEntry`.',
  'return early when both keys are the same.',
  'return early when both keys are the same',
  'return 404 (as `getOrder` does) when the row is missing',
  'return 409 on conflict',
  'if the row is gone, answer 404 (see `getOrder`)',
  'select the row with a lock (for update)',
  'Read it first.\nThen write it under the lock (the one that `Place` takes).\nThe rest stays.',
  '```ts\nconst a = 1;\n```',
  '',
])('leaves prose, and what is fenced: %s', (fix) => {
  expect(fenceCode(fix, 'src/a.ts')).toBe(fix);
});

it('keeps the sentence before the code outside', () => {
  expect(fenceCode('Lock the row:\nconst row = await lock(tx, id);\nif (!row) throw notFound();', 'a.py')).toBe(
    'Lock the row:\n\n```py\nconst row = await lock(tx, id);\nif (!row) throw notFound();\n```',
  );
});

it('comes out as it was written: no path becomes a link, no comment a heading', () => {
  const printed = printUnder('**Fix:**', sanitiseModelText(fenceCode(MANY, 'src/a.ts'), 1200));
  expect(printed).toBe(`**Fix:**\n\n\`\`\`ts\n${MANY}\n\`\`\``);
  expect(printUnder('**Fix:**', sanitiseModelText(MANY, 1200))).toContain('(link removed)');
});
