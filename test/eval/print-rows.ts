import type { Stale } from '../../src/cli/recording.ts';
import { KINDS } from '../../src/context/kinds.ts';
import type { Judgement, Tried } from './judge-case.ts';
import type { Weighed, Weight } from './weigh-context.ts';

/** What became of a case. */
export interface Row extends Judgement, Weighed {
  /** Calls of tools, where the recording tells. */
  calls: string[];
  tried: Tried[];
  tokens: number;
  /** Answers of the model, those that call tools among them; where the recording tells. */
  rounds: number;
  /** Conversations that were answered from the recording. */
  answers: number;
  stale: readonly Stale[];
  status: string;
}

export function printFound(rows: readonly Row[]): void {
  const flawed = rows.filter((row) => !row.clean);
  const clean = rows.filter((row) => row.clean);
  const lines = rows.map(
    ({ name, found, others, refuted, rounds, answers, tokens, status }) =>
      `${name.padEnd(28)} ${(found === null ? 'clean' : found ? 'found' : 'MISSED').padEnd(7)} ${String(others.length).padStart(6)} ${String(refuted.length).padStart(8)} ${String(answers).padStart(7)} ${String(rounds || '?').padStart(6)} ${String(tokens || '?').padStart(8)}  ${status}`,
  );
  const said = rows.flatMap(({ name, others, doubted, suspected, refuted }) => [
    ...others.map((what) => `  ${name}, besides: ${what}`),
    ...doubted.map((what) => `  ${name}, found by an analyser, with the doubt beside it: ${what}`),
    ...suspected.map((what) => `  ${name}, only suspected: ${what}`),
    ...refuted.map(({ what, wrongly }) => `  ${name}, refuted${wrongly ? ' WRONGLY' : ''}: ${what}`),
  ]);
  const refuted = rows.flatMap((row) => row.refuted);
  const carried = rows.flatMap(({ stale }) => stale.filter((one) => one.carried)).length;
  const falseOnes = clean.reduce((sum, row) => sum + row.others.length, 0);
  process.stdout.write(
    [
      `${'case'.padEnd(28)} ${'flaw'.padEnd(7)} others  refuted answers rounds   tokens  model`,
      ...lines,
      '',
      ...said,
      '',
      `found ${flawed.filter((row) => row.found).length} of ${flawed.length} flaws`,
      `${falseOnes} comments on ${clean.length} clean pull requests, and ${clean.reduce((sum, row) => sum + row.doubted.length, 0)} of analysers with a doubt beside them`,
      `${carried} of ${rows.reduce((sum, row) => sum + row.answers, 0)} answers were given to another wording of the request, and are carried over (--stale shows where it differs)`,
      `refuted ${refuted.length}, of which ${refuted.filter((one) => one.wrongly).length} at the flaw`,
      '',
    ].join('\n'),
  );
}

/** Where what is asked now is not what was recorded: many stages differ by the same lines, which are told once. */
export function printStale(rows: readonly Row[]): void {
  const all = rows.flatMap(({ name, stale }) => stale.map((one) => ({ ...one, name })));
  for (const [differs, group] of Map.groupBy(all, (one) => one.differs.join('\n'))) {
    const stages = Map.groupBy(group, ({ name }) => name);
    const names = [...stages].map(([name, { length }]) => `${name} (${length})`);
    process.stdout.write(`\n${names.join(', ')}:\n${differs}\n`);
  }
}

/** What each kind of context costs and earns: tokens of one request; `!` its lines are cited, `·` it is named. */
export function printWeights(rows: readonly Row[]): void {
  const cell = ({ tokens, cited, named }: Weight): string => `${tokens}${cited ? '!' : named ? '·' : ' '}`.padStart(8);
  const sums = KINDS.map((kind) => {
    const all = rows.flatMap(({ weights }) => weights.filter((one) => one.kind === kind && one.tokens > 0));
    const tokens = all.reduce((sum, one) => sum + one.tokens, 0);
    const count = (is: (one: Weight) => boolean): number => all.filter(is).length;
    return `${kind.padEnd(12)} ${String(all.length).padStart(5)} ${String(tokens).padStart(7)} ${String(count(({ cited }) => cited)).padStart(6)} ${String(count(({ cited, named }) => named && !cited)).padStart(6)}`;
  });
  process.stdout.write(
    [
      '',
      `${'case'.padEnd(28)} ${KINDS.map((kind) => kind.slice(0, 7).padStart(7)).join(' ')}`,
      ...rows.map(({ name, weights }) => `${name.padEnd(28)}${weights.map(cell).join('')}`),
      '',
      ...rows.flatMap(({ name, lookedUp }) =>
        lookedUp.length > 0 ? [`  ${name}, looked up: ${lookedUp.join(', ')}`] : [],
      ),
      '',
      'kind         cases  tokens  cited  named',
      ...sums,
      '',
    ].join('\n'),
  );
}

/** How the second reader judges claims of which it is known whether they are right. */
export function printTrial(rows: readonly Row[]): void {
  const tried = rows.flatMap(({ name, tried: all }) => all.map((one) => ({ name, ...one })));
  const sum = (right: boolean): string => {
    const all = tried.filter((one) => one.right === right);
    const count = (outcome: string): string => `${outcome} ${all.filter((one) => one.outcome === outcome).length}`;
    return `${right ? 'right' : 'wrong'} claims ${all.length}: ${['kept', 'refuted', 'undecided', 'dropped'].map(count).join(', ')}`;
  };
  process.stdout.write(
    [
      ...tried.map(
        ({ name, right, outcome, title, reason }) =>
          `${name.padEnd(28)} ${right ? 'right' : 'wrong'} ${outcome.padEnd(9)} ${title}\n${' '.repeat(29)}${reason}`,
      ),
      '',
      sum(true),
      sum(false),
      '',
    ].join('\n'),
  );
}
