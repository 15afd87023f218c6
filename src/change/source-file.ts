import type { Hunk } from '../diff/patch.ts';

/** The kind of a backend file. It decides which analysers look at the file. */
export const FILE_KINDS = [
  'typescript',
  'javascript',
  'python',
  'go',
  'sql',
  'openapi',
  'graphql',
  'protobuf',
  'dockerfile',
  'yaml',
  /** What a pipeline runs: no backend, and looked at by the analysers alone. */
  'workflow',
  /** A page with holes: what it writes unescaped is looked at, and nothing else. */
  'view',
  'config',
  'test',
  /** Looked at for credentials alone. */
  'credentials',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** The service has drivers of several databases, PostgreSQL among them: whoever installs it chooses. */
export const SEVERAL = 'PostgreSQL or others';

export interface BesideFile {
  path: string;
  text: string;
}

/** A selected file with its text: what analysers and the model look at. */
export interface SourceFile {
  path: string;
  kind: FileKind;
  /** The head text. */
  text: string;
  /** Null: every line counts as new (`scan`). */
  hunks: Hunk[] | null;
  /** The text before the change, for analysers: masked as `text` is. Not there where it is not known; it counts only beside hunks. */
  base?: string | null;
  /** Where the base text stood, if that was elsewhere: what it imports is told from there. */
  pathBefore?: string;
  /** Of a migration: the database that the repository beside it is for, or `SEVERAL`; unset where nothing says it. */
  database?: string;
  /** Why the analysers look at it and the model does not. */
  unjudged?: 'GENERATED' | 'MINIFIED' | 'OLD_MIGRATION' | 'VENDORED_NEW';
  /** Its bytes are not those of `text` in UTF-8: nothing is written back to it. */
  lossy?: true;
  /** Asks for the number of syntax errors: only where a suggestion is tried out. */
  countSyntaxErrors?: boolean;
  /** Files that it uses, or that use it: only what they hand on is told, never their text. */
  beside?: readonly BesideFile[];
  /** What lay beside it before the change, where the change touched some of that. */
  besideBefore?: readonly BesideFile[];
  /** Asks for the ways of data alone, everything else was told. */
  onlyFlows?: boolean;
  /** Files that say the same here lie beside each other, and are looked at in one run of their program. */
  together?: string;
  /** Written in a fork: what it accepts of itself is shown, and counts for nothing. */
  foreign?: boolean;
  /** Asks for the masked text and for nothing else. */
  maskOnly?: boolean;
}
