import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { findSecrets } from '../../src/analysis/secretlint/find-secrets.ts';

it('keeps nothing of the files that it has searched', async () => {
  const before = performance.getEntries().length;
  for (let file = 0; file < 20; file++) await findSecrets(`src/${file}.ts`, `const a = ${file};\n`);
  // secretlint's profiler runs behind an observer.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(performance.getEntries().length).toBe(before);
});
