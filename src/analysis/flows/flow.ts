import { z } from 'zod';
import { RUNTIMES } from '../../change/decide-runtime.ts';
import { Severity } from '../../findings/finding.ts';
import { RULE_LANGUAGES } from '../rule-languages.ts';

/** A call whose argument must not be built from outside data. */
const Sink = z.strictObject({
  /** The method's or function's last name: `query` of `pool.query(…)`. */
  call: z.string(),
  /** The modules that the name, or its receiver, must be imported from; absent: any receiver. */
  from: z.array(z.string()).optional(),
  /** Only as a method (`x.query()`), or only as a bare function. Default: both. */
  as: z.enum(['method', 'function']).optional(),
  /** Only on a receiver whose last name matches this. */
  on: z.string().optional(),
  /** Only in a file that names one of these modules: the library whose method has a common name. */
  near: z.array(z.string()).optional(),
  /**
   * `statement`: the whole argument is one, and must look like it. `fragment`: a part of one, whatever it looks like: request
   * input alone is a flaw.
   */
  role: z.enum(['statement', 'fragment']).default('statement'),
  /** Index of the argument that becomes SQL or a command; several: the first of them that holds text (a context comes before). */
  argument: z.union([z.number().int().min(0), z.array(z.number().int().min(0))]).default(0),
  /** The argument by its name instead: `where` of `.extra(where=[…])`. */
  keyword: z.string().optional(),
  /** Instead of the language's fix. */
  fix: z.string().optional(),
  /** Constant arguments that make the call dangerous: index -> linear regular expression on the whole text. */
  when: z.record(z.string().regex(/^\d+$/), z.string()).optional(),
  /** A named argument or object property that makes it dangerous: `shell: "True|true"`. */
  option: z.record(z.string(), z.string()).optional(),
});
export type Sink = z.infer<typeof Sink>;

const LanguageFlow = z.strictObject({
  /** Expressions that hold outside data, as text prefixes (`req.query`, `c.Param(`). */
  sources: z.array(z.string()),
  /** The name that `sources` use for a parameter of this type: `"*http.Request": r`. */
  sourceTypes: z.record(z.string(), z.string()).optional(),
  /** A parameter of another declared type is no source, whatever its name. */
  strictTypes: z.boolean().default(false),
  /** Expressions that whoever starts the program decides: its arguments. Treated as a parameter of a public function. */
  outside: z.array(z.string()).optional(),
  sinks: z.array(Sink).min(1),
  /** Functions and methods whose result is harmless here, by last name or dotted name. */
  sanitisers: z.array(z.string()),
  fix: z.string(),
  /** Where the value stands inside quotes, which a placeholder must not. */
  fixQuoted: z.string().optional(),
  /** Where it stands alone in `in (…)`. */
  fixList: z.string().optional(),
  /** Where it is `asc` or `desc`. */
  fixDirection: z.string().optional(),
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
  /** A text that matches this is English, whatever words of SQL it holds. */
  prose: z.string().optional(),
  /** A value of unknown origin is reported only where the text before it matches this. */
  unknownAfter: z.string().optional(),
  /** A value that stands after this is an identifier or keyword, which cannot be bound: `fixIdentifier` is the fix then. */
  identifierAfter: z.string().optional(),
  fixIdentifier: z.string().optional(),
  /** Where request input is a clause or the whole statement. */
  fixClause: z.string().optional(),
  /** Names of values that are pieces of statements or identifiers: without quotes around them nothing is said of their origin. */
  pieceName: z.string().optional(),
  /** Outside data alone, without any text around it, is reported too. */
  bare: z.boolean().default(false),
  /** In a package that runs as one of these only request input is reported: whoever gives the other values could do it himself. */
  onlyTaintedIn: z.array(z.enum(RUNTIMES)).min(1).optional(),
  languages: z.partialRecord(z.enum(RULE_LANGUAGES), LanguageFlow),
  examples: z
    .array(
      z.strictObject({
        language: z.enum(RULE_LANGUAGES),
        /** What the package around the example runs as; absent: it is not known. */
        runtime: z.enum(RUNTIMES).optional(),
        invalid: z.array(z.string()),
        valid: z.array(z.string()),
      }),
    )
    .min(1),
});
export type Flow = z.infer<typeof Flow>;
