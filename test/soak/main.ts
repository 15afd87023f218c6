import { parseArgs } from 'node:util';
import { FEWEST, median } from './judge.ts';
import { runSoak, type SoakReport } from './run-soak.ts';

const MINUTE = 60_000;

/** `npm run soak [-- --minutes N]`: the App as an operator runs it, with its own limits, for a quarter of an hour. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '15' } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error('--minutes is a number');
  const report = await runSoak({
    ms: minutes * MINUTE,
    rounds: 4,
    limits: null,
    tokenMs: MINUTE,
    // Longer than a request's limit, an idle process's, a sweep's; and once longer than the model's.
    pauses: [65_000, 65_000, 250_000, 65_000, 65_000, 65_000],
    answerMs: 5 * MINUTE,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${renderReport(report)}\n`);
  process.exitCode = report.problems.length > 0 ? 1 : 0;
}

function renderReport({ seconds, rounds, counts, answers, memory, complaints, problems }: SoakReport): string {
  const sorted = answers.toSorted((a, b) => a - b);
  const at = (part: number): string => `${((sorted[Math.floor((sorted.length - 1) * part)] ?? 0) / 1000).toFixed(1)} s`;
  const idle = (field: 'rss' | 'heap' | 'children'): string => memory.map((sample) => sample[field]).join(' ');
  const rows: [string, string][] = [
    ['time', `${seconds} s, ${rounds} rounds`],
    ...Object.entries(counts).map(([what, number]): [string, string] => [what, String(number)]),
    ['answered', `${answers.length}; median ${(median(answers) / 1000).toFixed(1)} s, 95 % ${at(0.95)}, most ${at(1)}`],
    ['idle memory, MB', idle('rss')],
    ['  of it JavaScript', idle('heap')],
    ['  child processes', idle('children')],
    ...[...complaints].map(([what, number]): [string, string] => [`logged: ${what}`, String(number)]),
    [
      'verdict',
      problems.length === 0
        ? `nothing lost, nothing twice, memory ${memory.length < FEWEST ? 'not judged: too few rounds' : 'flat'}`
        : `${problems.length} problems`,
    ],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  return [...rows.map(([what, value]) => `${what.padEnd(width)}  ${value}`), ...problems].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
