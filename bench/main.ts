import { parseArgs } from 'node:util';
import { makeOwnFolder } from '../src/git/make-own-folder.ts';
import { benchAcknowledge } from './acknowledge.ts';
import { benchAnalysis } from './analysis.ts';
import { benchContext } from './context.ts';
import type { Figure } from './figure.ts';
import { benchImage } from './image.ts';
import { benchMemory } from './memory.ts';
import { benchModel } from './model.ts';
import { benchPush } from './push.ts';
import { benchQuality } from './quality.ts';
import { benchRealPath } from './real-path.ts';
import { benchReview } from './review.ts';
import { benchStart } from './start.ts';

/** `npm run bench [-- quality]` or `-- --only model,context`: all but quality, or some. */
const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const named = [...(values.only?.split(',') ?? []), ...positionals];
const only = named.length === 0 ? null : named.map((name) => `bench${name}`.toLowerCase());
const { path: dir, remove } = makeOwnFolder('bench');
const figures: Figure[] = [];
for (const bench of [
  benchAcknowledge,
  benchReview,
  benchModel,
  benchPush,
  benchAnalysis,
  benchRealPath,
  benchQuality,
  benchContext,
  benchMemory,
  benchImage,
  benchStart,
]) {
  // Minutes, and no figure of speed: only when it is named.
  if (only ? !only.includes(bench.name.toLowerCase()) : bench === benchQuality) continue;
  process.stderr.write(`${bench.name}…\n`);
  figures.push(...(await bench(dir)));
}
remove();
const rows = [
  ['what', 'measured', 'beside', 'aim'],
  ...figures.map(({ what, value, beside, aim }) => [what, value, beside, aim]),
];
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
process.stdout.write(
  `${rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`,
);
process.exit(0);
