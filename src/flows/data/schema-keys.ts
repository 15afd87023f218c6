import { z } from 'zod';
import { Labels, Names } from './model-names.ts';

/** What of a library model tells which values were let through: forms, fields under decorators, schemas. */
export const SCHEMA_KEYS = {
  /**
   * Classes of the program that extend these are forms: the field `at` of their objects holds what was sent, by the fields that they
   * declare; those whose maker matches `texts` hold any text. A parameter of `methods` of the type `#form` holds the same of its class;
   * `#form_class` is an object of the class that the field `form_class` names.
   */
  forms: z
    .array(
      z.strictObject({
        extends: Names,
        at: z.string(),
        texts: z.string(),
        kind: z.string(),
        says: z.string(),
        safe: Labels.default([]),
      }),
    )
    .default([]),
  /** Fields under these decorators (`@IsUUID()`) were checked before the program sees them. */
  checked: z.array(z.strictObject({ decorator: Names, for: Labels })).default([]),
  /**
   * Libraries whose calls write schemas (`z.object({ id: z.uuid() })`).
   *
   * `parses`: the methods of a schema that let a value through, and under which field of their result it is ("": the result itself;
   * they throw what they do not let through). `waits`: those that do it once their result is waited for. `tells`: fields of a result
   * that say whether the value was let through.
   * `fixed`, `text`: patterns of the chain of calls (`zod.string().uuid()`) of what is harmless, or no object; `changes`: of what is let
   * through as something else, so that it says nothing of the value that was given; `replaces`: so that it says nothing of its fields either. `opens`: of objects
   * whose other fields come through as well. `keeps`: the methods after which a schema shows what it has shown; behind any other one it
   * shows nothing. `names`: those that are given values, of which each must be a constant.
   * `givesRefused`: what was not let through is in the result as well, and only what the result tells says so.
   */
  schemas: z
    .array(
      z.strictObject({
        of: z.string(),
        parses: z.record(z.string(), z.string()),
        waits: z.array(z.string()).default([]),
        tells: z.record(z.string(), z.boolean()).default({}),
        fixed: z.string(),
        text: z.string(),
        changes: z.string().default('(?!)'),
        replaces: z.string().default('(?!)'),
        opens: z.string().default('(?!)'),
        keeps: z.string(),
        names: z.string().default('(?!)'),
        givesRefused: z.boolean().default(false),
      }),
    )
    .default([]),
};
