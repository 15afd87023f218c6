import { z } from 'zod';
import { Severity } from '../../review/finding.ts';
import { RULE_LANGUAGES } from '../languages.ts';

/** A call whose argument must not be built from outside data. */
const Sink = z.strictObject({
  /** The method's or function's last name: `query` of `pool.query(…)`. */
  call: z.string(),
  /** The modules that the name, or its receiver, must be imported from; absent: any receiver. */
  from: z.array(z.string()).optional(),
  /** Only as a method (`x.query()`), or only as a bare function. Default: both. */
  as: z.enum(['method', 'function']).optional(),
  /** Index of the argument that becomes SQL or a command. */
  argument: z.number().int().min(0).default(0),
  /** Constant arguments that make the call dangerous: index -> linear regular expression on the whole text. */
  when: z.record(z.string().regex(/^\d+$/), z.string()).optional(),
  /** A named argument or object property that makes it dangerous: `shell: "True|true"`. */
  option: z.record(z.string(), z.string()).optional(),
});
export type Sink = z.infer<typeof Sink>;

const LanguageFlow = z.strictObject({
  /** Expressions that hold outside data, as text prefixes (`req.query`, `c.Param(`). */
  sources: z.array(z.string()),
  sinks: z.array(Sink).min(1),
  /** Functions and methods whose result is harmless here, by last name or dotted name. */
  sanitisers: z.array(z.string()),
  fix: z.string(),
  /** Where the value stands inside quotes, which a placeholder must not. */
  fixQuoted: z.string().optional(),
});
export type LanguageFlow = z.infer<typeof LanguageFlow>;

/** One file of agents/NAME/flows/: a class of injection. */
export const Flow = z.strictObject({
  id: z.string(),
  principle: z.string(),
  cwe: z.array(z.string().regex(/^CWE-\d+$/)),
  severity: z.strictObject({ tainted: Severity, unknown: Severity }),
  title: z.strictObject({ tainted: z.string(), unknown: z.string() }),
  /** May name {{NAME}} (the value), {{ORIGIN}} (where it comes from), {{SINK}} (the call). */
  explanation: z.strictObject({ tainted: z.string(), unknown: z.string() }),
  /** What people call this flaw, in lower case: see RawFinding.phrases. */
  phrases: z.array(z.string().regex(/^[^A-Z]+$/)).min(1),
  why: z.string(),
  falseAlarm: z.string(),
  references: z.array(z.url()).min(1),
  /**
   * The file's own text must match this for the flow to be tried: a cheap test before parsing, so it must let through whatever
   * could become a text that `looksLike` matches. `^` is the start of any line.
   */
  mentions: z.string().optional(),
  /** The built text must match this to be reported at all. */
  looksLike: z.string().optional(),
  /** A value of unknown origin is reported only where the text before it matches this. */
  unknownAfter: z.string().optional(),
  /** A value that stands after this is an identifier or keyword, which cannot be bound: `fixIdentifier` is the fix then. */
  identifierAfter: z.string().optional(),
  fixIdentifier: z.string().optional(),
  /** Outside data alone, without any text around it, is reported too. */
  bare: z.boolean().default(false),
  languages: z.partialRecord(z.enum(RULE_LANGUAGES), LanguageFlow),
  examples: z
    .array(
      z.strictObject({ language: z.enum(RULE_LANGUAGES), invalid: z.array(z.string()), valid: z.array(z.string()) }),
    )
    .min(1),
});
export type Flow = z.infer<typeof Flow>;
