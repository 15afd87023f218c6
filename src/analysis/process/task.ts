import { z } from 'zod';
import type { SourceFile } from '../../change/source-file.ts';
import { BaseFinding } from '../../findings/base-finding.ts';
import { RawFinding } from '../../findings/finding.ts';
import type { MaskedText } from '../../secrets/masked-text.ts';
import { Outline } from '../outline/outline.ts';

/** What a child process is asked. */
export type Task =
  /** The answer has each of the files; several are of one program, and go through it together. */
  | { kind: 'analyse'; agent: string; files: readonly SourceFile[]; without: readonly string[] }
  | { kind: 'compare'; base: string; head: string }
  | { kind: 'outline'; path: string; text: string };

/** What a child process says: first where it is, again and again, and then its answer. */
export type Message =
  /** An analyser begins. If this is the last word, that one hung or ended the process. */
  | { kind: 'at'; step: string }
  /** `cpuMs`: what the task cost without loading rules; `rssMb`: what the process holds now. */
  | { kind: 'done'; answer: unknown; cpuMs: number; rssMb: number };

const Line = z.object({
  kind: z.enum(['context', 'added', 'removed']),
  oldLine: z.number().nullable(),
  newLine: z.number().nullable(),
  text: z.string(),
});
const Hunks = z.array(z.object({ oldStart: z.number(), newStart: z.number(), lines: z.array(Line) }));

/** What became of one file in one analyser. A failure is an answer, never an empty list of findings. */
const Outcome = z.union([
  z.object({ status: z.literal('analysed'), findings: z.array(RawFinding) }),
  z.object({ status: z.literal('clipped'), findings: z.array(RawFinding), reason: z.string() }),
  z.object({
    status: z.literal('failed'),
    reason: z.string(),
    /** A budget was spent; it was not tried. */
    spent: z.boolean().exactOptional(),
  }),
]);

/**
 * What an analysis of one file says. It is checked where it leaves the child process: native code that was led astray by a
 * stranger's text may have written anything.
 */
export const FileAnalysis = z.object({
  path: z.string(),
  /** Null: of all analysers together. */
  outcomes: z.array(z.object({ analyser: z.string().nullable(), outcome: Outcome })),
  /** Imports of it, or of files beside it, whose files decide more and were not there. */
  wanted: z
    .array(
      z.object({
        path: z.string(),
        module: z.string(),
        named: z.string().exactOptional(),
        by: z.enum(['import', 'method']).exactOptional(),
        view: z.literal(true).exactOptional(),
        declares: z.array(z.string()).readonly().exactOptional(),
      }),
    )
    .exactOptional(),
  /** What the base text has, asked for only where the head has something. Null: it could not be told. */
  before: z.array(BaseFinding).nullable(),
  /** For new findings on untouched lines: the change without which they are not there. */
  causes: z.array(
    z.object({
      fingerprint: z.string(),
      /** The file of the change that it stands in, where that is another one. */
      path: z.string().exactOptional(),
      side: z.enum(['LEFT', 'RIGHT']),
      startLine: z.number(),
      endLine: z.number(),
      text: z.string(),
    }),
  ),
  /** The file as it may be shown. Null: it was not searched for credentials, and nothing of its text goes anywhere. */
  masked: z
    .object({ text: z.custom<MaskedText>((text) => typeof text === 'string'), hunks: Hunks.nullable() })
    .nullable(),
  /** Credentials, to be masked in what people wrote beside the file. Never stored, logged or sent. */
  values: z.array(z.string()),
  /** Places that the grammar could not read; null where it was not asked for or there is no grammar. */
  syntaxErrors: z.number().nullable(),
});
export type FileAnalysis = z.infer<typeof FileAnalysis>;

/** Null: the texts are too different to be compared in time. */
export const Compared = Hunks.nullable();

/** A text as it may be shown, and what stands in it. */
export const Outlined = z.object({
  text: z.custom<MaskedText>((text) => typeof text === 'string'),
  outline: Outline,
});
export type Outlined = z.infer<typeof Outlined>;

/** A file in which nothing was looked for. */
export function withoutFindings(path: string): FileAnalysis {
  return { path, outcomes: [], before: null, causes: [], masked: null, values: [], syntaxErrors: null };
}

/** A file of which nothing was looked at, not even for credentials. */
export function withoutSearch(path: string, reason: string, spent = false): FileAnalysis {
  const outcome = { status: 'failed' as const, reason, ...(spent && { spent }) };
  return { ...withoutFindings(path), outcomes: [{ analyser: null, outcome }] };
}
