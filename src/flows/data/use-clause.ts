import { z } from 'zod';
import { Confidence, Severity } from '../../findings/finding.ts';
import { LANGUAGES } from '../../languages/form.ts';
import { Names } from './model-names.ts';

/** Upper and lower case are the same; a part in which they are not (`(?-i:…)`) is nothing that Node 22 reads. */
const Pattern = z
  .string()
  .refine(isPattern, 'is not a regular expression')
  .refine((text) => !/\(\?[a-z]*-?[a-z]*:/.test(text.replaceAll('(?:', '(')), 'has a modifier');

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/**
 * What an argument, or a field of one, must be. A text alone is `is`. A value that is not known when the program is read holds for
 * nothing but `unknown`.
 */
const Condition = z.union([
  Pattern,
  z
    .strictObject({
      /** The whole constant text, number or boolean, or the name of what it is (`crypto/tls.VersionTLS10`), matches. */
      is: Pattern,
      /** It is constant, and does not match. */
      isNot: Pattern,
      /** A text, or bytes, that stands in the program: true. It is not empty. `otherwise`: or such a text where nothing else is given. */
      constant: z.union([z.literal(true), z.literal('otherwise')]),
      /** Its text, "\uE000" in place of each part that is not constant, matches, and one of those parts is not known. */
      looks: Pattern,
      /** A list that has such an item, or the item alone. */
      includes: Pattern,
      /** The expression as it is written there, or the name of a variable that its text comes from, holds this. */
      named: Pattern,
      /** Not all of its text is constant, and no number, or other value of a fixed kind, either. A kind of sink: nor made safe for that. */
      unknown: z.union([z.literal(true), z.string()]),
      /** What is constant of its text matches, with "…" for all that is not. */
      holds: Pattern,
      /** No part of its text is constant: what runs is not known at all. */
      bare: z.literal(true),
      /** It is certain that it is not given: no spread, no unknown object around it. */
      missing: z.literal(true),
      /** A constant number. */
      below: z.number(),
      above: z.number(),
      /** A constant number that has one of these bits: of the mode of a file. */
      bits: z.number().int(),
      /** A text that is shorter than that. */
      shorter: z.number().int(),
      /** A list one of whose items is constant and matches, or is what has that name. */
      item: Pattern,
      /** A list, one of whose items is not constant, nor shown to do no harm to sinks of this kind. */
      unknownItem: z.union([z.literal(true), z.string()]),
      /** A function that is declared to be asynchronous, and that awaits something. */
      async: z.literal(true),
      /** A function all of whose results, or the first of several, are constant and match. */
      returns: Pattern,
    })
    .partial()
    .refine((one) => Object.keys(one).length === 1, 'says one thing'),
]);
export type Condition = z.infer<typeof Condition>;

/**
 * `0`, `last`, `receiver`, a keyword, or `1|options`: by place or by name, as in the models; then fields of it: `0.cookie.secure`.
 * `all`: the arguments together, as they are written. `1+`: of the arguments from there on the first that is not known, or else the first of them.
 * Of a value that is made with its fields: a field. Of a field that is set, or a result: `value`.
 */
const Conditions = z.record(z.string(), Condition);

/**
 * `function`: not the file's own code. `handler`: a function that answers requests, or is written in one. `request`: that, or one of
 * the same file that such a one calls. `consumer`: a function that is given messages or jobs. `deferred`, `beside`: after `defer`,
 * `go`. `endless`: a loop that has no end of its own. `catch`: what an error is caught with. `straight`: it
 * runs whenever the function does.
 * `parting`: what stands behind it in its block leaves the loop. `cancellable`: a function of Go that is given a context or a request. `outliving`: what it goes
 * into is used by what runs beside the function (`go`). `unwaited`: it is given to a call whose result nobody takes. `concurrent`: in a
 * function that `go` calls where it is written, and for whose end the one around it does not wait.
 */
const WHERE = [
  'loop',
  'endless',
  'parting',
  'catch',
  'straight',
  'async',
  'function',
  'handler',
  'request',
  'consumer',
  'cancellable',
  'outliving',
  'unwaited',
  'deferred',
  'beside',
  'concurrent',
] as const;

/**
 * One way to use a library wrongly, told by resolved names and by values as the interpreter knows them: through constants, fields,
 * variables and calls. One of `call`, `made`, `set`, `read`, `import` says where; all of the rest must hold.
 */
export const UseClause = z
  .strictObject({
    /**
     * A function, a constructor, or a method behind its type: `crypto.createHash`, `database/sql.DB.Query`, `*.set_cookie`.
     * `#async`: any function of the program itself that is declared to be asynchronous; of TypeScript one that may fail. `#fails`: one
     * of Go whose last result is an error. `#outside`: an item of a list of Go that ends before it.
     */
    call: Names.optional(),
    /** A value of a type that is made with its fields: `crypto/tls.Config{…}`. `*`: any object. */
    made: Names.optional(),
    /**
     * A field of a library's object that is set: `crypto/tls.Config.InsecureSkipVerify`, `*.rejectUnauthorized` of anything. A bare
     * name is one that the file itself or a class gives a value: a setting (`DEBUG`).
     */
    set: Names.optional(),
    /** A name that is read, or a decorator: `ssl.PROTOCOL_SSLv3`. */
    read: Names.optional(),
    /** A module that is imported. */
    import: Names.optional(),
    /** All of them hold. */
    when: Conditions.default({}),
    /** None of them holds. */
    unless: Conditions.default({}),
    /**
     * What it is called there: the variable, field, key or keyword that it goes into, and the functions around it (`makeToken()`),
     * in one text with spaces between.
     */
    near: Pattern.optional(),
    apart: Pattern.optional(),
    /** Where it stands: all of these. */
    inside: z.array(z.enum(WHERE)).default([]),
    /** None of these. */
    outside: z.array(z.enum(WHERE)).default([]),
    /** It runs only under a condition that does not say this: no switch of the operator's own. */
    switched: Pattern.optional(),
    /** An integer of Go that nothing around compares with what the type that is called can hold. */
    unbounded: z.string().optional(),
    /** Its result is used by nobody. */
    ignored: z.literal(true).optional(),
    /** The last of its results is given to `_`, and another one is kept. */
    blank: z.literal(true).optional(),
    /** It is a statement of its own that nobody waits for: no `await`, no `.catch(…)`, no `void`. */
    floating: z.literal(true).optional(),
    /** What it is called on is a collection of the file itself that nothing in it ever makes smaller. */
    grows: z.literal(true).optional(),
    /** What it gives is kept in a name of the function, goes nowhere else, and is not released: never, or not on each way out. */
    lost: z
      .strictObject({
        by: Pattern,
        /** Functions that release what they are given a part of: a body that is read to its end. */
        spentBy: Pattern.optional(),
        /** It may be lent to functions: where this one releases it itself, they do not, unless their name says so. */
        lent: z.literal(true).optional(),
        /** Not the first of its results, but this one, which is a function: it is called (`by` is empty). */
        result: z.number().int().optional(),
        when: z.enum(['never', 'sometimes']),
      })
      .optional(),
    /** The text of the file matches, or does not. */
    file: Pattern.optional(),
    notFile: Pattern.optional(),
    /** The text of the function around it matches, or does not. */
    around: Pattern.optional(),
    notAround: Pattern.optional(),
    /** That text, with its comments, does not match: a comment says what is made there. */
    notSaid: Pattern.optional(),
    /** The text of a decorator of a function around it matches, or of none. */
    decorated: Pattern.optional(),
    notDecorated: Pattern.optional(),
    /** The text of that function before the place, or behind it, matches. */
    before: Pattern.optional(),
    notBefore: Pattern.optional(),
    behind: Pattern.optional(),
    /** The argument to report on, where the call is too wide. */
    at: z.string().optional(),
    /** An argument that is a credential, or holds one: no literal of it is shown. */
    secret: z.string().optional(),
    /** What in the text of the reported place is replaced by what: an exact fix. */
    replace: z.strictObject({ find: Pattern, with: z.string() }).optional(),
    /** It is only suspected where what stands before all handlers, in another file of the repository, says one of these words. */
    elsewhere: z.array(z.string()).min(1).optional(),
    /** It is only suspected where no code of the repository that names one of these words says this: nobody reads what it gives. */
    readBy: z.strictObject({ words: z.array(z.string()).min(1), says: Pattern }).optional(),
    /** In place of the rule's own. May name {{CALL}}, {{VALUE}} (the argument of `at`, or of the first of `when`), {{NAME}}. */
    severity: Severity.optional(),
    /** `low`: suspected; said beside the findings, and given to Claude to confirm. */
    confidence: Confidence.optional(),
    /** All that makes it a flaw is asked here: it speaks up in a scan whatever readers said of the rest of its rule (decision 0042). */
    certain: z.literal(true).optional(),
    cwe: z
      .array(z.string().regex(/^CWE-\d+$/))
      .min(1)
      .optional(),
    /** It has one cause there, and a scan says it once, where the rule itself is said at each place. */
    once: z.enum(['package', 'folder', 'project']).optional(),
    title: z.string().max(90).optional(),
    explanation: z.string().optional(),
    fix: z.string().optional(),
  })
  .refine(
    ({ call, made, set, read, import: module }) => [call, made, set, read, module].filter(Boolean).length === 1,
    'says one of call, made, set, read, import',
  );
export type UseClause = z.infer<typeof UseClause>;

/** By language. */
export const UseClauses = z.partialRecord(z.enum(LANGUAGES), z.array(UseClause).min(1));
export type UseClauses = z.infer<typeof UseClauses>;
