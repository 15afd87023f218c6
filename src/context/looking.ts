import type { PathIndex } from '../languages/path-index.ts';
import type { Files } from './open-files.ts';

/** What the parts of the search share. */
export interface Looking {
  files: Files;
  index: PathIndex;
  left: string[];
}
