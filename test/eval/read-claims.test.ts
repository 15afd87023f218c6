import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readCases } from './read-cases.ts';
import { readClaims } from './read-claims.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const cases = [...readCases(), ...readCases(here('unseen'))];
const claims = cases.flatMap((one) => readClaims(one, here('recordings')).map((claim) => ({ ...claim, one })));

it('are one for each flaw, and more wrong ones', () => {
  expect(claims.filter(({ right }) => right)).toHaveLength(cases.filter(({ clean }) => !clean).length);
  expect(claims.filter(({ right }) => !right).length).toBeGreaterThan(30);
});

it('name lines of their case', () => {
  const lost = claims.filter(({ one, candidate: { path, quote, removed } }) => {
    const text = readFileSync(join(one.dir, removed ? 'base' : 'head', path), 'utf8');
    return !text.includes(quote.split('\n')[0] ?? '');
  });
  expect(lost.map(({ candidate: { title } }) => title)).toEqual([]);
});
