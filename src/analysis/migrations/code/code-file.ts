import type { Source } from './evaluate.ts';
import type { Runner } from './run-function.ts';

export interface CodeFile {
  path: string;
  source: Source;
  runner: Runner;
}
