/** What checks before have shown of a value, and of its fields; `*`: of each item, or of any other field. */
export interface Shape {
  labels: number;
  /** Fields that are not named here come through as well. */
  open?: boolean;
  fields: ReadonlyMap<string, Shape> | null;
}
