import type { Report } from '../report/report.ts';
import type { JobAnnotation } from './job-log.ts';

/** What a review in a job came to. */
export interface JobResult {
  /** One line for the log. */
  title: string;
  /** Null: it was not reviewed, for a reason that the title says. */
  report: Report | null;
  /** What a reader must know first, as Markdown. */
  notes: string[];
  /** The summary as it stands on the pull request; null: there is none. */
  summary: string | null;
  /** Nobody reads the findings elsewhere, so they stand in the job's summary in full. */
  inFull: boolean;
  annotations: JobAnnotation[];
}
