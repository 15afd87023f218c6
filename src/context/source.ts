import type { Outline } from '../analysis/outline/outline.ts';
import type { Side } from '../change/repository.ts';
import type { MaskedText } from '../secrets/masked-text.ts';

/** A file of the repository that was read, masked and outlined. */
export interface Source {
  path: string;
  side: Side;
  text: MaskedText;
  lines: readonly string[];
  outline: Outline;
}

export function toSource(path: string, side: Side, text: MaskedText, outline: Outline): Source {
  return { path, side, text, lines: text.split('\n'), outline };
}
