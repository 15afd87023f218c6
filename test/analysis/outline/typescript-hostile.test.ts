import { expect, it } from 'vitest';
import { outlineText } from '../../../src/analysis/outline/outline-text.ts';

it('the outline of hostile text has an end', () => {
  const chain = `x${'.then(() => 1)'.repeat(8000)};`;
  const deep = `${'[('.repeat(2000)}${')]'.repeat(2000)}`;
  for (const text of [chain, deep, 'const a = 1;'.repeat(30_000), `f${'('.repeat(3000)}`])
    expect(outlineText('src/a.ts', text).uses.length).toBeLessThanOrEqual(20_000);
});
