import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { findSecrets } from '../../src/analysis/secretlint/find-secrets.ts';

/** Different ones, with right checksums or not: each is a message of secretlint's. */
function listTokens(count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) => `ghp_${createHash('sha256').update(`${at}`).digest('hex').slice(0, 36)}`,
  );
}

it('of a text that is searched in pieces every token is found whole', async () => {
  const tokens = listTokens(4000);
  for (const between of ['\n', ' ', ';']) {
    const text = tokens.join(between);
    const found = await findSecrets({ path: 'src/a.ts', kind: 'typescript' }, text);
    const shown = found.map(({ start, end }) => text.slice(start, end));
    expect(shown.length).toBe(tokens.length);
    expect(shown.every((one, at) => one === tokens[at])).toBe(true);
  }
});

it.each([
  ['eyJ-', 'eyJ-'.repeat(100_000)],
  ['beginnings of keys', '-----BEGIN PRIVATE KEY-----\n'.repeat(30_000)],
  ['keywords', 'token'.repeat(150_000)],
  ['names without a value', 'password = \n'.repeat(60_000)],
  ['quotes without an end', 'password="'.repeat(80_000)],
  ['addresses', 'a://b:'.repeat(120_000)],
  ['prefixes', 'ghp_'.repeat(180_000)],
  ['dots', 'eyJ.eyJ.'.repeat(90_000)],
  ['signs', `-----BEGIN PRIVATE KEY-----\n${'+'.repeat(700_000)}`],
  ['blanks', `token${' '.repeat(200)}`.repeat(3500)],
  ['programs', 'mysql -p '.repeat(80_000)],
  ['calls', 'connect('.repeat(90_000)],
  ['seams', "'a' + ".repeat(120_000)],
  ['lists', '"a","b",'.repeat(90_000)],
  ['encodings', `${Buffer.from('deploy:q9VtR2mXw7Lk').toString('base64')} `.repeat(20_000)],
  ['escapes', '\\x67'.repeat(180_000)],
  ['hexadecimals', 'ab'.repeat(350_000)],
  ['lines of base64', `${'aB3'.repeat(20)}\n`.repeat(11_000)],
  ['tokens', listTokens(24_000).join(' ')],
  ['SendGrid', `SG.${'a'.repeat(128)}.${'b'.repeat(300)} `.repeat(1700)],
])(
  'a megabyte of %s is searched in linear time',
  async (_, hostile) => {
    const text = `${hostile}\nconst t = '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';\n`;
    // Quadratic time would be minutes; of tokens a quarter of one.
    const found = await findSecrets({ path: 'src/a.ts', kind: 'typescript' }, text);
    expect(found.some(({ start, end }) => text.slice(start, end).endsWith('LO0pINUx'))).toBe(true);
  },
  12_000,
);
