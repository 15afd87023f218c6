import { createAnalysisPool } from '../../src/analysis/process/pool.ts';
import { SLOW } from './slow-text.ts';

/** A process whose pool hangs for ever: one quick file, a word, and then one that does not end. */
const analysis = createAnalysisPool({ dir: process.argv[2] ?? '', size: 1, limitMs: 600_000 }).open('backend-dev', {
  owner: 'acme',
  pullRequest: 'acme/shop#1',
});
await analysis.analyse([{ path: 'quick.ts', kind: 'typescript', text: 'const a = 1;\n', hunks: null }]);
process.stdout.write('hangs\n');
await analysis.analyse([{ path: 'slow.ts', kind: 'typescript', text: SLOW, hunks: null }]);
