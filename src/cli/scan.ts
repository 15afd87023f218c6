import { listSubject } from '../local/list-subject.ts';
import { type ReviewOptions, reviewAndReport } from './review.ts';

/** `scan`: every line of the given files, as if all were new. */
export async function runScan(paths: readonly string[], options: ReviewOptions): Promise<number> {
  return await reviewAndReport(options, () => listSubject(process.cwd(), paths));
}
