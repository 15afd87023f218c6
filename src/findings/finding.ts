import { z } from 'zod';
import { RUNTIMES } from '../change/decide-runtime.ts';
import { SEVERITIES } from './severities.ts';
import { ShownRequest } from './shown-request.ts';

export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;
export const Confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof Confidence>;

/** Replaces the lines `startLine`..`endLine` (1-based, inclusive) of the head file by `replacement` (no final line feed). */
export const Suggestion = z.object({
  startLine: z.number().int().positive(),
  endLine: z.number().int().positive(),
  replacement: z.string(),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** A step of the path that data takes to the flaw, in its order. `path`: the file, where it is not the finding's own. */
export const Step = z.object({ line: z.number().int().positive(), text: z.string(), path: z.string().exactOptional() });
export type Step = z.infer<typeof Step>;

/**
 * Names without whose use the finding hurts nobody. `texts`: what code would name; `beside`: of which its file must name one as
 * well, if there are any; `tables`: by which the repository knows the table at all.
 */
export const Uses = z.object({ texts: z.array(z.string()), beside: z.array(z.string()), tables: z.array(z.string()) });
export type Uses = z.infer<typeof Uses>;

/** A library that has mended a flaw by itself: since which major version; one `beside` it mends the versions before. */
export const Since = z.strictObject({
  package: z.string(),
  major: z.int().positive(),
  beside: z.array(z.string()).default([]),
});
export type Since = z.infer<typeof Since>;

/** What an analyser or the model says, before it is compared with the diff. Lines are those of the head file, but for `side: LEFT`. */
export const RawFinding = z.object({
  ruleId: z.string(),
  principle: z.string(),
  cwe: z.array(z.string().regex(/^CWE-\d+$/)),
  severity: Severity,
  confidence: Confidence,
  path: z.string(),
  startLine: z.number().int().positive(),
  endLine: z.number().int().positive(),
  title: z.string(),
  explanation: z.string(),
  /** The fix in words or code, where no exact replacement is known. */
  fix: z.string().nullable(),
  /** The source lines that the finding is about, as they stand in the file. */
  evidence: z.string(),
  /** The lines right above, from the one where the path begins: a comment is shown with them. */
  lead: z.string().exactOptional(),
  /** The code itself without what stands around it on its lines: with rule and symbol the finding's identity. "": the evidence. */
  snippet: z.string(),
  /** What people call this flaw: a thread of theirs on these lines that says one of these has said it already. */
  phrases: z.array(z.string()),
  suggestion: Suggestion.nullable(),
  source: z.string(),
  /** The function or type around the finding, or "" at the top level: part of its identity. */
  symbol: z.string(),
  trace: z.array(Step),
  /** Every value that stands in a text where it must not, the worst first, with its line. */
  pasted: z.array(z.object({ name: z.string(), line: z.number().int().positive() })).optional(),
  /** What a person can send to see it. */
  request: ShownRequest.optional(),
  /** LEFT: its lines are those that the change removed, with their numbers on the base. */
  side: z.enum(['LEFT', 'RIGHT']).optional(),
  /** Asked of the base before the finding is said, and not kept. */
  uses: Uses.optional(),
  /**
   * What callers rely on and this change takes away: the path of a route, and a field of its answer (null: the route itself). Asked
   * of the repository before the finding is said, and not kept.
   */
  promised: z.object({ path: z.string(), field: z.string().nullable(), moved: z.boolean().optional() }).optional(),
  /**
   * What callers can see since the change: a route, a name that it sends or takes beside others, or a status that it answers with; and
   * the routes of the file before.
   * Said only where a specification of the repository describes those and not this. Asked before the finding is said, and not kept.
   */
  specified: z
    .object({
      route: z.string(),
      name: z.string().nullable(),
      status: z.number().int().optional(),
      beside: z.array(z.string()),
      siblings: z.array(z.string()),
    })
    .optional(),
  /** It is said only where the other migrations of the repository prove it: later ones were applied, another one has its place. */
  order: z.enum(['edited', 'new']).optional(),
  /** It hurts nobody in a package that runs as one of these. Looked up after the analysis, and gone then. */
  quietIn: z.array(z.enum(RUNTIMES)).optional(),
  /** It is no flaw from this version of a library on, nor where no version is known. Looked up after the analysis, and gone then. */
  since: Since.optional(),
  /** It hurts nobody where tests alone read the file of this name. Looked up after the analysis, and gone then. */
  named: z.string().optional(),
  /** It is only suspected where a file that stands before all handlers says one of these. Looked up after the analysis, and gone then. */
  elsewhere: z.array(z.string()).optional(),
  /** Only suspected where no code that names one of the words says this. Looked up after the analysis, and gone then. */
  readBy: z.object({ words: z.array(z.string()), says: z.string() }).optional(),
  /** Only suspected where the change wrote one of these into another file. Looked up after the analysis, and gone then. */
  moved: z.array(z.string()).optional(),
  /** What is gone from a specification: it is not said where the change wrote it into another one. Looked up after the analysis, and gone then. */
  defined: z
    .object({ type: z.string(), member: z.string().nullable(), space: z.string().nullable().default(null) })
    .optional(),
  /** Only suspected where the change puts something of this kind before handlers or into a client. Looked up after the analysis, and gone then. */
  keptBy: z.enum(['guard', 'limit', 'time']).optional(),
  /** A row that is made where none was found: what it is called, and what it was looked for by. What the schemas say of it is looked up after the analysis, and it is gone then. */
  row: z.object({ nouns: z.array(z.string()), by: z.array(z.string()) }).optional(),
  /** Its file lies among tools: it hurts nobody where nothing of the service names it. Looked up after the analysis, and gone then. */
  beside: z.literal(true).optional(),
  /**
   * Every fact that makes it a flaw was seen, and none is guessed by a name: what readers said of its rule, which does not know that,
   * counts nothing. Gone after the analysis.
   */
  certain: z.literal(true).optional(),
  /** What its siblings do makes it wrong: lines that are only added elsewhere arm nothing. Gone once it has its place. */
  compared: z.literal(true).optional(),
  /** It has one cause there, and perhaps many places: a look at a whole project says it once. */
  once: z.enum(['package', 'folder', 'project']).optional(),
  why: z.string(),
  falseAlarm: z.string(),
  references: z.array(z.string()),
});
export type RawFinding = z.infer<typeof RawFinding>;

/** How bad a flaw is by its analyser alone: severity, and for what was not judged by the model how sure it is. */
export const Grade = z.string().regex(/^(critical|high|medium|low)(-(high|medium|low))?$/);
export type Grade = z.infer<typeof Grade>;

export function gradeOf(finding: Pick<RawFinding, 'severity' | 'confidence' | 'source'>): Grade {
  // The model is never twice equally sure.
  return isByModel(finding) ? finding.severity : `${finding.severity}-${finding.confidence}`;
}

/** More severe, or as severe and surer: a value of unknown origin that is request input now. */
export function isWorse(now: Grade, then: Grade): boolean {
  const rank = (grade: Grade): number => {
    const [severity, confidence = 'high'] = grade.split('-');
    const orders: [readonly string[], readonly string[]] = [SEVERITIES, Confidence.options];
    return orders[0].indexOf(severity ?? '') * orders[1].length + orders[1].indexOf(confidence);
  };
  return rank(now) < rank(then);
}

/** A finding on the change. For `side: LEFT` the lines are those of the base file. */
export const Finding = RawFinding.extend({
  side: z.enum(['LEFT', 'RIGHT']),
  /** For `side: LEFT` the line of the head beside which it stood, for whoever knows no other lines. */
  headLine: z.number().int().positive().exactOptional(),
  fingerprint: z.string(),
  /** Which change made an untouched statement wrong, a sentence without its full stop; null where the statement itself was changed. */
  cause: z.string().nullable(),
  /** More places of the same rule, said once in this finding's comment: in the same file, or where a `path` stands in that one. */
  alsoAt: z.array(
    z.object({ path: z.string().optional(), line: z.number().int().positive(), fingerprint: z.string() }),
  ),
  /** The fingerprint of the finding that says this place as well, of a look at a whole project. */
  listedBy: z.string().optional(),
  /** Its severity may be changed by the repository's config and by the model's word; this is not. */
  grade: Grade.nullable().default(null),
  /** Why the model doubts what an analyser found. It is shown, and changes nothing. */
  doubt: z.string().nullable().default(null),
  /** What the model said of the same flaw. */
  remark: z.string().nullable().default(null),
});
export type Finding = z.infer<typeof Finding>;

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

export function isByModel({ source }: Pick<RawFinding, 'source'>): boolean {
  return source === 'model';
}

/**
 * What an analyser cannot prove, and only a reader can decide. It is listed apart, is no comment, and fails nothing; the model may
 * confirm it.
 */
export function isSuspected({ confidence, source }: Pick<RawFinding, 'confidence' | 'source'>): boolean {
  return confidence === 'low' && !isByModel({ source });
}

type Ranked = Pick<Finding, 'severity' | 'confidence' | 'path' | 'startLine' | 'source'>;

/** What is only suspected last; most severe first, then what is proven, then the surest. */
export function compareGrades(a: Omit<Ranked, 'path' | 'startLine'>, b: Omit<Ranked, 'path' | 'startLine'>): number {
  const confidence = Confidence.options;
  return (
    Number(isSuspected(a)) - Number(isSuspected(b)) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    Number(isByModel(a)) - Number(isByModel(b)) ||
    confidence.indexOf(a.confidence) - confidence.indexOf(b.confidence)
  );
}

/** What somebody can send first. */
export function compareReach(a: Pick<Finding, 'request' | 'trace'>, b: Pick<Finding, 'request' | 'trace'>): number {
  const reach = ({ request, trace }: typeof a): number => (request ? 2 : trace.length > 0 ? 1 : 0);
  return reach(b) - reach(a);
}

/** By grade, then by place: the order of every list that a person sees. */
export function compareFindings(a: Ranked, b: Ranked): number {
  return compareGrades(a, b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine);
}
