import { z } from 'zod';
import { Confidence, Severity } from '../../findings/finding.ts';
import { LANGUAGES, type Language } from '../../languages/form.ts';

const Texts = z.union([z.string(), z.partialRecord(z.enum(LANGUAGES), z.string())]);

/** A text for a language, else for the first language that has one. */
export function textIn(texts: z.infer<typeof Texts>, language?: Language): string {
  if (typeof texts === 'string') return texts;
  return (language && texts[language]) ?? Object.values(texts)[0] ?? '';
}

/** One file of agents/NAME/classes/: what is new to a class of flaws. Sources and sinks are told by the models of the libraries. */
export const FlowClass = z.strictObject({
  id: z.string(),
  /** Of the sinks that models name; values that are safe for it are safe here. */
  kind: z.string(),
  /** What is safe for that kind is safe for this one. */
  safeAs: z.string().optional(),
  principle: z.string(),
  cwe: z.array(z.string().regex(/^CWE-\d+$/)),
  /** By the kind of source; a kind that is not named is no source here. */
  severity: z.record(z.string(), Severity),
  /** `low`: that data comes so far says little of what is lost; suspected. */
  confidence: Confidence.default('high'),
  /**
   * Only where the value comes in and does harm within one file is it as sure; on a way through several it is suspected. In services that
   * are in use something on such ways had checked it more often than not (docs/decisions/0042).
   */
  near: z.literal(true).optional(),
  /** Suspected where a file that stands before all handlers says one of these: middleware that cleans what comes in. */
  elsewhere: z.array(z.string()).min(1).optional(),
  /** Only of what is called so (the value, or the call) is it as bad; of everything else it is one step less. */
  worst: z.string().optional(),
  title: z.string(),
  /** What is said in its place of another kind of source, which only the operator decides; `segment`: of what holds no `/`. */
  instead: z.record(z.string(), z.strictObject({ title: z.string(), explanation: z.string() })).default({}),
  /** May name {{NAME}} (the value), {{ORIGIN}} (what it is and where it comes from), {{SINK}} (the call). */
  explanation: z.string(),
  fix: Texts,
  /**
   * In its place, by where the value stands in the text; the first that holds counts. `quoted`: inside of quotes, or not. `after`,
   * `before`: the text on that side matches. `named`: the value is called so; `sink`: the call is.
   */
  fixes: z
    .array(
      z.strictObject({
        quoted: z.boolean().optional(),
        named: z.string().optional(),
        sink: z.string().optional(),
        after: z.string().optional(),
        before: z.string().optional(),
        fix: Texts,
      }),
    )
    .default([]),
  /**
   * What is said, and surely by nobody, where a parameter comes to a sink in a function whose callers are not known. `built`: only of
   * a text that is put together there. `named`, `unlessNamed`: only of values that are called so, or not so. `after`: only where the
   * text before the value matches.
   */
  suspected: z
    .strictObject({
      languages: z.array(z.enum(LANGUAGES)).min(1),
      severity: Severity,
      title: z.string(),
      explanation: z.string(),
      built: z.boolean().default(false),
      named: z.string().optional(),
      unlessNamed: z.string().optional(),
      after: z.string().optional(),
    })
    .optional(),
  /** What people call this flaw, in lower case: see RawFinding.phrases. */
  phrases: z.array(z.string().regex(/^[^A-Z]+$/)).min(1),
  why: z.string(),
  falseAlarm: z.string(),
  references: z.array(z.url()).min(1),
  /**
   * Where a value is dangerous. `anywhere`; `host`: where it decides the server of an address; `statement`: in a text that is built
   * or is the value itself, which must look like `looksLike`; `text`: where a text can be, so not as an object; `object`: where it
   * may be an object, alone or as a field of one; `whole`: as an object of all that the caller sends; `keys`: as the
   * name of a field; `word`: where it begins a word of one of `commands`.
   */
  dangerous: z.enum(['anywhere', 'host', 'statement', 'text', 'object', 'whole', 'keys', 'word']).default('anywhere'),
  /**
   * A harmless value that makes the flaw visible, and what whoever sends it sees, as a sentence. `inside`: the value where something
   * stands before it. `field`: an object with this field is sent instead. Without it no value is both.
   */
  request: z
    .strictObject({
      value: z.string(),
      inside: z.string().optional(),
      field: z.string().optional(),
      shows: z.string(),
    })
    .optional(),
  /** Of a statement: the text with "\uE000" for each value must match this, and not `prose`. */
  looksLike: z.string().optional(),
  prose: z.string().optional(),
  /** Of a word: patterns of all the words before it, with "\uE000" for what is not known, and of the last of them that take it away. */
  commands: z.array(z.string()).default([]),
  unlessBehind: z.string().optional(),
  /** `// ! critical` marks a flawed line, as in rules. */
  examples: z
    .array(
      z.strictObject({
        language: z.enum(LANGUAGES),
        invalid: z.array(z.string()),
        valid: z.array(z.string()),
      }),
    )
    .default([]),
});
export type FlowClass = z.infer<typeof FlowClass>;
