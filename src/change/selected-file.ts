import type { MaskedText } from '../secrets/masked-text.ts';
import type { SourceFile } from './source-file.ts';

/** A file as it may be shown: it was searched for credentials, and each is masked in text and hunks. */
export interface SelectedFile extends SourceFile {
  text: MaskedText;
}
