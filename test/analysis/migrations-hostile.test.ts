import { describe, expect, it } from 'vitest';
import { loadGrammar } from '../../src/analysis/migrations/parse-statements.ts';
import { readMigration } from '../../src/analysis/migrations/read-migration.ts';

const grammar = await loadGrammar();

describe('hostile files end', () => {
  const fill = (text: string, size = 1_000_000): string => text.repeat(Math.floor(size / text.length));
  it.each([
    ['parentheses', `select ${fill('(')}`],
    ['brackets', `select ${fill('[')}`],
    ['an open quote', `select '${fill('x')}`],
    ['open comments', fill('/*')],
    ['dollar quotes', Array.from({ length: 100_000 }, (_, index) => `$a${index}$`).join(' ')],
    ['placeholders', `select ${fill('${')}`],
    ['COPY without data', fill('copy a from stdin;\n')],
    ['sums', `select ${fill('1+')}1`],
    ['NOT', `select ${fill('not ', 50_000)}a`],
    ['100,000 statements', fill('select 1;\n')],
    ['sections', fill('-- +goose Up\nselect 1;\n')],
  ])('%s', (_, text) => {
    const { hits, gap } = readMigration(grammar, { path: 'migrations/0001_change.sql', text });
    expect(hits).toEqual([]);
    if (!text.startsWith('/*')) expect(gap).toMatch(/not understood/);
  });
});
