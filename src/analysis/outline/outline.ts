import { z } from 'zod';

const Name = z.string().max(200);

/** What stands in a file by its syntax: enough to find what a change calls, and who calls it. Lines are 1-based and inclusive. */
export const Outline = z.object({
  /** In the order of the file, what encloses before what it encloses. */
  declarations: z.array(
    z.object({
      name: Name,
      /** `table`: a table of a database, called as the database calls it where the code says so, else as its model is called. */
      kind: z.enum(['function', 'method', 'class', 'type', 'value', 'table', 'route']),
      /** The class, type, router or object that it belongs to. */
      container: Name.nullable(),
      /** With its decorators and the comment right above. */
      startLine: z.number(),
      endLine: z.number(),
      /** The last line of its head: parameters and result; what follows is its body. */
      headEndLine: z.number(),
    }),
  ),
  /**
   * Names that are used, not declared: `call` is followed by arguments; `type` stands where a type is meant; `value` is a name
   * that the file declares or imports, or that a package exports.
   */
  uses: z.array(
    z.object({
      name: Name,
      line: z.number(),
      as: z.enum(['call', 'type', 'value']),
      /** What it is taken from: `this.orders` of `this.orders.reserve()`; null: it stands alone; "": from what has no short name. */
      on: z.string().max(80).nullable(),
    }),
  ),
  imports: z.array(
    z.object({
      /** As it is written: `./orders`, `app.models`, `net/http`. */
      from: Name,
      /** `name`: as the other file calls it (`*`: all of it, `default`); `as`: as this one does (`*`: each by its own name). */
      names: z.array(z.object({ name: Name, as: Name })),
      line: z.number(),
      endLine: z.number(),
    }),
  ),
});
export type Outline = z.infer<typeof Outline>;
export type Declaration = Outline['declarations'][number];
export type Use = Outline['uses'][number];
export type Import = Outline['imports'][number];

export const NO_OUTLINE: Outline = { declarations: [], uses: [], imports: [] };
