import { z } from 'zod';
import { Confidence, Severity } from '../review/finding.ts';

/** What Claude answers for a bundle of files. Everything in it is checked again: a model can be talked into anything. */
export function createAnswerSchema(principles: readonly string[]) {
  return z.object({
    findings: z.array(
      z.object({
        path: z.string(),
        startLine: z.number().int(),
        endLine: z.number().int(),
        quote: z.string(),
        title: z.string(),
        explanation: z.string(),
        fix: z.string(),
        replacement: z.string().nullable(),
        principle: z.enum(principles as [string, ...string[]]),
        cwe: z.array(z.string()),
        severity: Severity,
        confidence: Confidence,
      }),
    ),
    verdicts: z.array(
      z.object({ id: z.string(), verdict: z.enum(['confirmed', 'refuted', 'unsure']), reason: z.string() }),
    ),
  });
}

export type Answer = z.infer<ReturnType<typeof createAnswerSchema>>;
