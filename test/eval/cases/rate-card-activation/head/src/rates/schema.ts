import { z } from 'zod';

export const lineSchema = z.object({
  country: z.string().length(2),
  maxGrams: z.number().int().positive(),
  priceCents: z.number().int().nonnegative(),
});

/** A card says one price for a country and a weight: two lines of the same step are a mistake. */
export const linesSchema = z
  .array(lineSchema)
  .min(1)
  .max(2_000)
  .superRefine((lines, context) => {
    const seen = new Set<string>();
    for (const [index, line] of lines.entries()) {
      const step = `${line.country}:${line.maxGrams}`;
      if (seen.has(step)) {
        context.addIssue({ code: 'custom', path: [index], message: `${line.country} up to ${line.maxGrams} g twice` });
      }
      seen.add(step);
    }
  });

export const nameSchema = z.string().trim().min(1).max(80);
export const createSchema = z.object({ name: nameSchema, lines: linesSchema });
export const replaceLinesSchema = z.object({ lines: linesSchema });
export const duplicateSchema = z.object({ name: nameSchema });
