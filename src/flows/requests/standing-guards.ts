import type { Import } from '../../languages/form.ts';
import type { Home } from '../values/value.ts';

/** What was written beside a function where it was given away. */
export interface Standing {
  home: Home;
  imports: readonly Import[];
}
