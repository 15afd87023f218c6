import { z } from 'zod';

/** What stands in a file by its syntax: enough to find what a change calls, and who calls it. Lines are 1-based and inclusive. */
export const Outline = z.object({
  declarations: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['function', 'method', 'class', 'type', 'value', 'table', 'route']),
      /** The class, type or router that it belongs to. */
      container: z.string().nullable(),
      /** With its decorators and the comment right above. */
      startLine: z.number(),
      endLine: z.number(),
      /** The last line of its head: parameters and result; what follows is its body. */
      headEndLine: z.number(),
    }),
  ),
  /** Names that are used, not declared: `call` is followed by arguments; `type` stands where a type is meant. */
  uses: z.array(z.object({ name: z.string(), line: z.number(), as: z.enum(['call', 'type', 'value']) })),
  imports: z.array(
    z.object({
      /** As it is written: `./orders`, `app.models`, `net/http`. */
      from: z.string(),
      /** Names that come from there, as they are called here; `*` for all. */
      names: z.array(z.string()),
      line: z.number(),
    }),
  ),
});
export type Outline = z.infer<typeof Outline>;
