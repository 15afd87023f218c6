/** A node of a syntax tree as plain data: reading it costs no call into the parser. */
export interface Syntax {
  /** Its kind in the grammar; for keywords and marks the text itself. */
  kind: string;
  /** The field of its parent that it is; null where it is none. */
  field: string | null;
  /** False for keywords and marks. */
  named: boolean;
  start: number;
  end: number;
  children: readonly Syntax[];
}
