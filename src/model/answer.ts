import { z } from 'zod';
import { Severity } from '../findings/finding.ts';

const Place = z.object({
  path: z.string(),
  /** One to three whole lines, copied. */
  quote: z.string(),
  /** The number before the first of them; plain, since the bounds of an integer would only be noise in the schema. */
  line: z.number(),
  /** They are among those that the change removed. */
  removed: z.boolean(),
});

/**
 * What Claude answers in every stage over code: new findings, and verdicts about claims that it was given. One schema for
 * all of them, since another one would be another beginning for the cache. Everything in it is checked again: a model can be
 * talked into anything.
 */
export function createAnswerSchema(principles: readonly string[]) {
  return z.object({
    findings: z.array(
      Place.extend({
        title: z.string(),
        explanation: z.string(),
        fix: z.string(),
        replacement: z.object({ startLine: z.number(), endLine: z.number(), text: z.string() }).nullable(),
        /** Imports that the fix needs and the file does not have. */
        imports: z.array(z.string()),
        principle: z.enum(principles as [string, ...string[]]),
        cwe: z.array(z.string()),
        severity: Severity,
        /** What was not shown and decides whether it is a flaw; null: nothing. */
        dependsOn: z.string().nullable(),
        alsoAt: z.array(Place),
      }),
    ),
    verdicts: z.array(
      z.object({
        id: z.string(),
        verdict: z.enum(['stands', 'refuted', 'undecided']),
        /** The line that decides it, after the change or before it. */
        path: z.string(),
        side: z.enum(['head', 'base']),
        quote: z.string(),
        reason: z.string(),
        /** Why the fix of the claim does not work; null: it does, or there is none. */
        fixFails: z.string().nullable(),
      }),
    ),
  });
}

export type Answer = z.infer<ReturnType<typeof createAnswerSchema>>;
export type Candidate = Answer['findings'][number];
export type Verdict = Answer['verdicts'][number];
