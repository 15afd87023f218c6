import type { Repository } from '../change/repository.ts';

/** Read access for questions: the git objects of head and base, and nothing else. */
export interface Source extends Repository {
  /** Paths of the change. */
  changed: readonly string[];
}
