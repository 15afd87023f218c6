import type { Side } from '../change/repository.ts';
import type { MaskedText } from '../secrets/masked-text.ts';

/** A piece of the repository that the change does not touch, found because the change needs it to be understood. */
export interface Piece {
  role:
    | 'definition'
    | 'caller'
    | 'caller of what was removed'
    | 'removed file'
    | 'sibling'
    | 'mount'
    | 'table'
    | 'same table'
    | 'document';
  path: string;
  side: Side;
  startLine: number;
  endLine: number;
  text: MaskedText;
  /** Why it is shown, in words: "`reserve` is called in line 41 of orders.ts". */
  because: string;
}

export interface Context {
  pieces: Piece[];
  /** What was looked for and is not shown, and why: it can be asked for by tools. */
  left: string[];
}
