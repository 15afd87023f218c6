import type { Analysis, Compared } from '../analysis/analysis.ts';
import type { FileAnalysis } from '../analysis/process/task.ts';
import type { SourceFile } from '../change/source-file.ts';

const REASON = 'left out: the App’s process ended while it looked at this file';

/**
 * For a run that has ended the App's process before: one file after the other, whoever asks, each named before it is begun, in a
 * place that survives. A file that was named when the process ended is not begun again.
 *
 * @param avoid paths that the process ended over
 * @param name writes down what is begun now
 */
export function analyseCarefully(
  analysis: Analysis,
  avoid: ReadonlySet<string>,
  name: (path: string) => Promise<void>,
): Analysis {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(path: string, work: () => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      await name(path);
      return await work();
    });
    // After an error nothing more is begun, or named: the run is over.
    last = turn;
    return turn;
  };
  const over = (one: Analysis): Analysis => ({
    analyse: async (files, onDone) => {
      const look = async (file: SourceFile): Promise<FileAnalysis[]> =>
        avoid.has(file.path) ? [leave(file.path)] : inTurn(file.path, () => one.analyse([file], onDone));
      return (await Promise.all(files.map(look))).flat();
    },
    compare: async (pairs) => {
      const look = async (pair: (typeof pairs)[number]): Promise<Compared[]> =>
        avoid.has(pair.path) ? [{ reason: REASON }] : inTurn(pair.path, () => one.compare([pair]));
      return (await Promise.all(pairs.map(look))).flat();
    },
    outline: async (files) => {
      const look = async (file: (typeof files)[number]): ReturnType<Analysis['outline']> =>
        avoid.has(file.path) ? [{ reason: REASON }] : inTurn(file.path, () => one.outline([file]));
      return (await Promise.all(files.map(look))).flat();
    },
    within: (ms) => over(one.within?.(ms) ?? one),
  });
  return over(analysis);
}

function leave(path: string): FileAnalysis {
  const outcome = { analyser: null, outcome: { status: 'failed' as const, reason: REASON } };
  return { path, outcomes: [outcome], before: null, causes: [], masked: null, values: [], syntaxErrors: null };
}
