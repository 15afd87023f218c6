import { z } from 'zod';
import { CODE_TOOLS } from '../../change/code-migration.ts';
import { RUNTIMES } from '../../change/decide-runtime.ts';
import { Confidence, Severity, Since } from '../../findings/finding.ts';
import { UseClauses } from '../../flows/data/use-clause.ts';
import { CONTRACT_HITS } from '../contracts/hit.ts';
import { listUnknownNames, ManifestDetections } from '../manifests/detection.ts';
import { MIGRATION_HITS } from '../migrations/hit.ts';
import { RULE_LANGUAGES } from '../rule-languages.ts';
import { Pattern } from './compile-pattern.ts';

const Names = z.record(z.string().regex(/^[A-Z_]+$/), Pattern);

/** Files in which the flaw hurts nobody. */
const UNLESS = {
  /** The file is a program that somebody starts by hand and waits for: what hangs or is slow, this person sees and ends. */
  program: z.literal(true).optional(),
  /** The file imports what tests are written with: it helps them, wherever it lies. */
  test: z.literal(true).optional(),
  /** The file is a program of its own in a folder of examples: it shows others how to use the project. */
  sample: z.literal(true).optional(),
  /** A tool wrote the file, as its name or its form says: who edits it edits nothing. */
  generated: z.literal(true).optional(),
  /** The package around the file runs as one of these, where the flaw hurts nobody. What is not known is looked at. */
  runtime: z.array(z.enum(RUNTIMES)).min(1).optional(),
  /** The package around the file does not say that it uses an older version of a library than the one that mended it. */
  since: Since.optional(),
  /** The file's path says that its flaw hurts nobody, such as made-up data to develop with. */
  path: Pattern.optional(),
};
const Unless = z.strictObject(UNLESS);
export type Unless = z.infer<typeof Unless>;

/** How a rule finds its places in one language. `rule`, `constraints`, `utils` are ast-grep's own rule object. */
const AstDetection = z.strictObject({
  /** The rule runs only on files that contain one of these: a cheap test before parsing. */
  keywords: z.array(z.string().min(3)).min(1),
  rule: z.record(z.string(), z.unknown()),
  constraints: z.record(z.string(), z.unknown()).optional(),
  utils: z.record(z.string(), z.unknown()).optional(),
  /**
   * What the names of a match must stand for, by metavariable: an expression over what `resolveName` tells (`requests.get`,
   * `redis.createClient().keys`, `?client.keys`). A metavariable that this match does not have is not asked. Of a list, one
   * entry must hold, all of whose metavariables the match has.
   */
  resolved: z.union([Names, z.array(Names).min(1)]).optional(),
  unless: z
    .strictObject({
      /** The match runs only under a condition that says this: an `if` or a choice around it, or an `if` before it that leaves. */
      guard: Pattern.optional(),
      /** ast-grep's rule object: this stands in the function around the match, or around each use of what keeps the match. */
      checked: z.record(z.string(), z.unknown()).optional(),
      /** ast-grep's rule object: this is somewhere in the file, such as a default for all calls. */
      file: z.record(z.string(), z.unknown()).optional(),
      ...UNLESS,
    })
    .optional(),
  /** The metavariable to report on, where the whole match would be too wide. */
  at: z.string().optional(),
  /** An exact fix: what in the reported node's text is replaced by what. No match, no suggestion. */
  replace: z.strictObject({ find: z.string(), with: z.string() }).optional(),
  /** Overrides the rule's fix in this language. */
  fix: z.string().optional(),
  /** Overrides the rule's explanation. */
  explanation: z.string().optional(),
  title: z.string().max(90).optional(),
  severity: Severity.optional(),
  confidence: Confidence.optional(),
  /**
   * All that makes it a flaw is asked here: it speaks up in a scan whatever readers said of the rest of its rule (decision 0042). A
   * pattern: where the function around says this as well, near by.
   */
  certain: z.union([z.literal(true), Pattern]).optional(),
});
export type AstDetection = z.infer<typeof AstDetection>;

/** One way to find it, or several that say it in different words. */
const AstDetections = z.union([AstDetection, z.array(AstDetection).min(1)]);

/** What is said otherwise than in the rule, where this kind of break is meant. */
const ContractWords = z.strictObject({
  severity: Severity.exactOptional(),
  confidence: Confidence.exactOptional(),
  title: z.string().max(90).exactOptional(),
  explanation: z.string().exactOptional(),
  fix: z.string().exactOptional(),
});

/** A file, or what a change made of it. */
const Code = z.union([z.string(), z.strictObject({ base: z.string(), head: z.string() })]);
export type Code = z.infer<typeof Code>;

/** What is said in the words of the tool that runs a migration, or of the language that a flaw stands in. */
const OwnWords = z.strictObject({
  title: z.string().max(90).exactOptional(),
  explanation: z.string().exactOptional(),
  fix: z.string().exactOptional(),
  falseAlarm: z.string().exactOptional(),
});

const Example = z
  .strictObject({
    language: z.enum([
      ...RULE_LANGUAGES,
      'sql',
      'dockerfile',
      'config',
      'compose',
      'kubernetes',
      'workflow',
      'openapi',
      'graphql',
      'protobuf',
    ]),
    /** What the package around the example runs as; absent: it is not known. */
    runtime: z.enum(RUNTIMES).optional(),
    invalid: z.array(Code).default([]),
    valid: z.array(Code).default([]),
  })
  .refine(({ runtime, invalid, valid }) => runtime || (invalid.length > 0 && valid.length > 0), 'one of each kind');

/** What every deterministic finding tells a person, whoever found it. Texts may name metavariables as {{NAME}}. */
const Text = {
  title: z.string().max(90),
  /** Trigger and consequence, one or two sentences. */
  explanation: z.string(),
  fix: z.string(),
  /** What people call this flaw, in lower case: a comment of theirs on the same lines with one of these is not repeated. */
  phrases: z.array(z.string().regex(/^[^A-Z]+$/)).min(1),
  why: z.string(),
  /** What would make it a false alarm. */
  falseAlarm: z.string(),
  references: z.array(z.url()).min(1),
};

export const FACT_RULES = [
  'absence-check-removed',
  'absent-result-used',
  'answered-twice',
  'address-check-removed',
  'after-commit-removed',
  'answer-field-removed',
  'answer-ignored',
  'answer-status-changed',
  'await-order-lost',
  'await-removed',
  'call-care-removed',
  'call-context-lost',
  'caller-check-removed',
  'case-removed',
  'check-turned',
  'cache-key-too-wide',
  'charged-twice',
  'checked-then-changed',
  'client-bared',
  'commit-removed',
  'conflict-unmet',
  'constant-time-removed',
  'error-listener-removed',
  'error-lost',
  'error-told',
  'value-pasted',
  'escape-removed',
  'failed-result-used',
  'field-filter-removed',
  'file-mode-removed',
  'guard-removed',
  'handling-removed',
  'id-before-write',
  'handler-unchecked',
  'input-check-removed',
  'input-required',
  'limit-removed',
  'lock-kept',
  'lock-taken-twice',
  'lock-narrowed',
  'lock-removed',
  'lost-update',
  'lock-after-read',
  'list-without-limit',
  'map-replaced',
  'field-without-lock',
  'method-unguarded',
  'map-shared-by-requests',
  'message-in-transaction',
  'mutation-by-get',
  'option-end-removed',
  'outer-shadowed',
  'override-removed',
  'owner-removed',
  'path-check-removed',
  'prefetch-removed',
  'query-beside-transaction',
  'query-condition-removed',
  'query-in-loop',
  'query-in-recursion',
  'redirect-check-removed',
  'redis-value-without-expiry',
  'amount-unchecked',
  'rejection-unheard',
  'release-removed',
  'release-skipped',
  'row-bound-to-request',
  'row-unasked',
  'rows-of-all',
  'times-mixed',
  'row-without-parent',
  'secret-field-sent',
  'request-in-transaction',
  'rollback-removed',
  'route-removed',
  'row-created-twice',
  'row-of-anybody',
  'shared-map-written',
  'socket-refused-unheard',
  'loaded-value-written',
  'token-used-twice',
  'transaction-dropped',
  'transaction-not-handed',
  'transaction-removed',
  'transaction-unused',
  'specification-left',
  'unbounded-login',
  'unguarded-file',
  'unguarded-route',
  'writes-without-transaction',
  'unlimited-route',
  'unscoped-query',
  'unvalidated-body',
  'webhook-from-anybody',
  'wrong-status',
] as const;

/** One file of agents/NAME/rules/AREA/. */
export const Rule = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]+$/),
    principle: z.string(),
    cwe: z.array(z.string().regex(/^CWE-\d+$/)),
    severity: Severity,
    confidence: Confidence,
    /**
     * It has one cause there, and perhaps many places: a scan says it once a package, once a folder, or once a project: all the
     * packages of a repository in one language.
     */
    once: z.enum(['package', 'folder', 'project']).optional(),
    ...Text,
    detect: z.union([
      z
        .strictObject({
          ast: z.partialRecord(z.enum(RULE_LANGUAGES), AstDetections).default({}),
          /** Libraries that are used wrongly, by resolved names and values. */
          uses: UseClauses.default({}),
          /** Of `uses`: under a condition that says this, something chooses it among others, and it is suspected. */
          chosen: Pattern.optional(),
          /** It looks at the facts as well, for what the syntax alone does not show. */
          fact: z.enum(FACT_RULES).exactOptional(),
          /** Of what the facts show. */
          words: z.partialRecord(z.enum(RULE_LANGUAGES), OwnWords).default({}),
          /** Of `uses`. */
          unless: Unless.default({}),
        })
        .refine(({ ast, uses }) => Object.keys(ast).length + Object.keys(uses).length > 0, 'finds nothing'),
      /** What a route or a query lacks that its siblings have: a comparison of facts, by its name. */
      z.strictObject({
        fact: z.enum(FACT_RULES),
        words: z.partialRecord(z.enum(RULE_LANGUAGES), OwnWords).default({}),
        unless: Unless.default({}),
      }),
      z.strictObject({
        migration: z.array(z.enum(MIGRATION_HITS)).min(1),
        tools: z.partialRecord(z.enum(CODE_TOOLS), OwnWords).exactOptional(),
      }),
      z.strictObject({ contract: z.partialRecord(z.enum(CONTRACT_HITS), ContractWords) }),
      z.strictObject({ dockerfile: z.string() }),
      z.strictObject({ manifest: ManifestDetections }),
      z.strictObject({ invisible: z.literal(true) }),
      z.strictObject({
        secretlint: z.array(z.string()).min(1),
        /** Of what stands in for a setting of the environment that is missing: `KEY || 'dev'`. */
        byDefault: OwnWords.default({}),
      }),
    ]),
    examples: z.array(Example).min(1),
  })
  .refine(
    (rule) => !('manifest' in rule.detect) || listUnknownNames(rule, rule.detect.manifest).length === 0,
    'a text names what no condition of its detection gives',
  );
export type Rule = z.infer<typeof Rule>;
