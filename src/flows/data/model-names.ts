import { z } from 'zod';

/** An argument, by place, by name, or by both (`1|url`). */
export const Pick = z.union([z.number().int(), z.string()]);
const Name = z
  .string()
  .refine((name) => !/\{[^}]*\{/.test(name), 'braces do not stand in braces: write a list of names');
export const Names = z.union([Name, z.array(Name)]);
export type Names = z.infer<typeof Names>;
/** Sinks that a value cannot harm any more; `all` of them. */
export const Labels = z.union([z.literal('all'), z.array(z.string())]);
export type Labels = z.infer<typeof Labels>;
