/** Of a list of Go that was made here: its items, and how far it may be taken. What was added to it has no known length. */
export interface Length {
  items: number;
  most: number;
}
