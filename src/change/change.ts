import type { Hunk } from '../diff/patch.ts';
import type { MaskedText } from '../secrets/masked-text.ts';

/** One file of a change, as its source (GitHub, git) tells it. */
export interface ChangedFile {
  path: string;
  /** The name before a rename, else null. */
  previousPath: string | null;
  status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Null: the source gave no patch. That is not an empty patch; the contents decide. */
  hunks: Hunk[] | null;
  binary: boolean;
  /** Id of the blob at the head; null where the source gives none. */
  blob: string | null;
}

/** What is to be reviewed: a pull request or a local range. */
export interface Change {
  title: MaskedText;
  description: MaskedText;
  /** Commit messages, the oldest first; those of more than 50 commits are not all there. */
  commits?: readonly MaskedText[];
  base: string | null;
  head: string | null;
  files: ChangedFile[];
  /** Files that the source could not list (GitHub stops at 3,000). */
  unlisted: number;
}

/** What people wrote about the change. */
export interface About {
  title: MaskedText;
  description: MaskedText;
  /** Commit messages, the oldest first. */
  commits: readonly MaskedText[];
}

export type Content =
  /** `lossy`: the text in UTF-8 is not what the bytes are (UTF-16, Latin-1): nothing may be written back. `executable`: git's mode 100755. */
  | { kind: 'text'; text: string; lossy?: true; executable?: true }
  /** Where one was asked for, by a path that ends in `/`, and one request gives it: what lies in it. Others say that it is absent. */
  | { kind: 'folder'; names: readonly string[] }
  | { kind: 'absent' | 'binary' | 'symlink' | 'submodule' | 'too-large' };

/** Read access to the files of the change's head and base, and to nothing else. */
export interface Snapshot {
  readHead(paths: readonly string[]): Promise<Map<string, Content>>;
  readBase(paths: readonly string[]): Promise<Map<string, Content>>;
}
