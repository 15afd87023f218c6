import type { Hunk } from '../diff/patch.ts';
import type { FileKind } from './select.ts';

/** A selected file with its text: what analysers and the model look at. */
export interface SourceFile {
  path: string;
  kind: FileKind;
  /** The head text. */
  text: string;
  /** Null: every line counts as new (`scan`). */
  hunks: Hunk[] | null;
  /** Asks for the number of syntax errors: only where a suggestion is tried out. */
  countSyntaxErrors?: boolean;
}
