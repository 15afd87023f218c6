import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { SEVERITIES } from '../../src/findings/severities.ts';
import type { Answer, Candidate } from '../../src/model/answer.ts';
import { isAtFlaw } from './judge-case.ts';
import type { EvalCase } from './read-cases.ts';

/** Something that is claimed about a case, and whether it is so. */
export interface EvalClaim {
  right: boolean;
  candidate: Candidate;
}

const WRITTEN = fileURLToPath(new URL('./claims.yml', import.meta.url));

const writtenSchema = z.record(
  z.string(),
  z.array(
    z.strictObject({
      path: z.string(),
      line: z.int(),
      quote: z.string(),
      removed: z.boolean().default(false),
      title: z.string(),
      explanation: z.string(),
      severity: z.enum(SEVERITIES),
      wrong: z.string(),
    }),
  ),
);

/** Of a clean case what tempts a hasty reviewer; of a flawed one what its recording found there, and what is wrong by `claims.yml`. */
export function readClaims(one: EvalCase, recordings: string): EvalClaim[] {
  if (one.clean)
    return one.tempting.map(({ at, says }) => ({
      right: false,
      candidate: toCandidate({
        path: at.path,
        line: at.lines[0],
        quote: at.text,
        removed: at.side === 'LEFT',
        title: says.slice(0, 80),
        explanation: says,
        severity: 'high',
      }),
    }));
  const written = writtenSchema.parse(parse(readFileSync(WRITTEN, 'utf8')))[one.name] ?? [];
  const right = readRecorded(join(recordings, `${one.name}.json`)).find(({ path, line }) =>
    isAtFlaw(one, path, line, line),
  );
  return [
    ...(right ? [{ right: true, candidate: right }] : []),
    ...written.map((claim) => ({ right: false, candidate: toCandidate(claim) })),
  ];
}

function readRecorded(path: string): Candidate[] {
  if (!existsSync(path)) return [];
  const { answers } = JSON.parse(readFileSync(path, 'utf8')) as { answers: Record<string, { value: Answer }> };
  return Object.values(answers).flatMap(({ value }) => value.findings ?? []);
}

function toCandidate(
  said: Pick<Candidate, 'path' | 'line' | 'quote' | 'removed' | 'title' | 'explanation' | 'severity'>,
): Candidate {
  const { path, line, quote, removed, title, explanation, severity } = said;
  return {
    path,
    line,
    quote,
    removed,
    title,
    explanation,
    severity,
    fix: '',
    replacement: null,
    imports: [],
    principle: 'principles/security-first',
    cwe: [],
    dependsOn: null,
    alsoAt: [],
  };
}
