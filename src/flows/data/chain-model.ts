import { z } from 'zod';

/**
 * Calls that begin a chain of checks of one field of a request (`param('id').isUUID()`), by its part. `fixed`: checks that only
 * harmless values pass; `drops`: those behind which nothing is known. They count where the text of a function beside them says `asked`.
 */
export const Chain = z.strictObject({
  of: z.string(),
  parts: z.record(z.string(), z.string()),
  fixed: z.string(),
  drops: z.string(),
  asked: z.string(),
});
