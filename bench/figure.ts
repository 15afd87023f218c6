/** A line of the table: a figure, what it is compared with in the same run, and the aim. */
export interface Figure {
  what: string;
  value: string;
  beside: string;
  aim: string;
}
