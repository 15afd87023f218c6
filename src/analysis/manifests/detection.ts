import { z } from 'zod';
import { Confidence, Severity } from '../../findings/finding.ts';
import { Pattern } from '../rules/compile-pattern.ts';
import { PathText } from './path.ts';

export const MANIFEST_KINDS = ['compose', 'kubernetes', 'workflow'] as const;
export type ManifestKind = (typeof MANIFEST_KINDS)[number];

/**
 * Something stands at one of the paths. `is`: with a value in which the pattern is found; its groups that are named in capitals are
 * what the rule's text may name. `names`: a value, an entry or a key there is as the pattern says. `called`: its own key is.
 */
const Condition = z.strictObject({
  path: z.union([PathText, z.array(PathText).min(1)]),
  is: Pattern.optional(),
  names: Pattern.optional(),
  called: Pattern.optional(),
  /** This is what is reported; without it, it is the place that is looked at. */
  here: z.literal(true).optional(),
});
export type Condition = z.infer<typeof Condition>;

/** How a rule finds its places in a compose file, a Kubernetes manifest or a workflow. */
const ManifestDetection = z.strictObject({
  in: z.enum(MANIFEST_KINDS),
  /** A document must hold one of these: a cheap test before it is parsed. */
  keywords: z.array(z.string().min(2)).min(1),
  /** The places that are looked at, each of which may be a finding. Of a map the first line is reported, of a script the line. */
  each: PathText,
  /** All of these hold. */
  when: z.array(Condition).default([]),
  /** None of these holds: what has no `is`, `names` or `called` is absent. */
  unless: z.array(Condition).default([]),
  /** The file's path is not so. */
  unlessPath: Pattern.optional(),
  /** This is nowhere in the file. */
  unlessFile: Pattern.optional(),
  /** At least half of the other places in this file have it (without those that `unless` names): it is usual here. */
  siblings: z.strictObject({ unless: z.array(Condition).default([]), have: Condition }).optional(),
  /** What the rule's text may name, beside `{{NAME}}` (a container, a service, a step, a job). */
  values: z.record(z.string().regex(/^[A-Z_]+$/), PathText).default({}),
  severity: Severity.optional(),
  confidence: Confidence.optional(),
  /** All that makes it a flaw is asked here: it speaks up in a scan whatever readers said of the rest of its rule (decision 0042). */
  certain: z.literal(true).optional(),
  explanation: z.string().optional(),
  fix: z.string().optional(),
});
export type ManifestDetection = z.infer<typeof ManifestDetection>;

export const ManifestDetections = z.array(ManifestDetection).min(1);

/** Names that a rule's texts fill in and that none of its detections gives. */
export function listUnknownNames(
  texts: { title: string; explanation: string; fix: string },
  detections: readonly ManifestDetection[],
): string[] {
  return detections.flatMap((detection) => {
    const known = new Set(['NAME', ...Object.keys(detection.values), ...listGroups(detection)]);
    const { explanation = texts.explanation, fix = texts.fix } = detection;
    const named = [...`${texts.title}${explanation}${fix}`.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
    return named.filter((name) => !known.has(name));
  });
}

/** The named groups of what must hold; one that took no part in a match is "". */
export function listGroups({ when }: Pick<ManifestDetection, 'when'>): string[] {
  return when.flatMap(({ is = '' }) => [...is.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name));
}
