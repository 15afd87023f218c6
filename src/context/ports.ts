import type { Outlined } from '../analysis/process/task.ts';
import type { Repository } from '../change/repository.ts';

/** What finding context may ask for. */
export interface Ports {
  repository: Repository;
  /** Masks and outlines texts; it runs where a stranger's text can do no harm. */
  outline: (files: readonly { path: string; text: string }[]) => Promise<(Outlined | { reason: string })[]>;
}
