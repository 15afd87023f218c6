import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { SourceFile } from '../review/source-file.ts';
import type { FileAnalysis } from './analyse-file.ts';
import { analyseFile } from './analyse-file.ts';
import { createAnalysers } from './create-analysers.ts';

/** Runs inside a worker thread of pool.ts: one file in, its analysis out. */
const { agent, principles, dir } = z
  .object({ agent: z.string(), principles: z.array(z.string()), dir: z.string() })
  .parse(workerData);
const analysers = createAnalysers(agent, new Set(principles), dir);

parentPort?.on('message', (file: SourceFile) => {
  void analyseFile(analysers, file).then((analysis: FileAnalysis) => parentPort?.postMessage(analysis));
});
