import type { Piece } from './context.ts';
import type { Source } from './source.ts';

/** A piece that could be shown. */
export interface Candidate {
  role: Piece['role'];
  source: Source;
  startLine: number;
  endLine: number;
  /** How much it is likely to tell, from 0 to 100. */
  weight: number;
  because: string;
}
