import type { Use } from '../analysis/outline/outline.ts';
import type { Place } from './changed-place.ts';

export interface Wanted {
  use: Use;
  place: Place;
  weight: number;
  how: 'used' | 'no longer used' | 'dropped';
}
