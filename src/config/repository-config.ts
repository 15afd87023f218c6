import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { FILE_KINDS } from '../change/source-file.ts';
import { Severity } from '../findings/finding.ts';
import { describeYamlCost } from '../yaml-cost.ts';
import { placeIssue, wordIssue } from './describe-issue.ts';

export const CONFIG_PATH = '.github/backend-dev.yml';

/** The agent of agents/ that reviews unless something else is set. */
export const DEFAULT_AGENT = 'backend-dev';

const Glob = z
  .string()
  .min(1)
  .max(200)
  .refine((glob) => glob.split('*').length <= 12, 'at most 11 stars');
const Label = z.string().min(1).max(100);

/** Shows how an entry is written to whoever wrote something else. */
const writtenAs = (example: string) => (issue: { code?: string }) =>
  issue.code === 'invalid_type' ? `write ${example}` : undefined;

const RuleOverride = z.strictObject(
  {
    severity: z.union([Severity, z.literal('off')]),
    reason: z.string().min(3, 'say why, for the next reader').max(300),
  },
  { error: writtenAs('{ severity: "off", reason: "why" }') },
);

/** `.github/backend-dev.yml`. Strict: an unknown key is a mistake that someone wants to know about. */
const TokenBudget = z.number().int().min(0).max(1_000_000_000_000).optional();

export const RepositoryConfig = z.strictObject({
  enabled: z.boolean().default(true).describe('Review pull requests of this repository.'),
  agent: z
    .string()
    .max(40)
    .default(DEFAULT_AGENT)
    .describe('The agent that reviews automatically: a name in `agents/` of the App.'),
  paths: z
    .strictObject({
      include: z.array(Glob).max(100).default([]).describe('Review only paths that match one of these.'),
      exclude: z.array(Glob).max(100).default([]).describe('Never review paths that match one of these.'),
    })
    .prefault({}),
  languages: z
    .array(z.enum(FILE_KINDS))
    .max(20)
    .default([])
    .describe('Review only files of these kinds; empty: all kinds.'),
  base_branches: z
    .array(Glob)
    .max(50)
    .default([])
    .describe('Review only pull requests into these branches; empty: all.'),
  labels: z
    .strictObject({
      skip: z.array(Label).max(20).default([]).describe('A pull request with one of these labels is not reviewed.'),
      force: z
        .array(Label)
        .max(20)
        .default([])
        .describe(
          'A pull request with one of these labels is reviewed, whatever `drafts`, `bots` and `base_branches` say.',
        ),
    })
    .prefault({}),
  drafts: z.boolean().default(false).describe('Review draft pull requests automatically.'),
  bots: z.boolean().default(true).describe('Review pull requests that a bot opened.'),
  comment_at: Severity.default('low').describe('The lowest severity that becomes a comment.'),
  fail_at: z
    .union([Severity, z.literal('never')])
    .default('critical')
    .describe('The lowest severity that fails the check.'),
  max_comments: z
    .number()
    .int()
    .min(0)
    .max(25)
    .default(25)
    .describe('How many inline comments may be open on a pull request; further findings stand in the summary.'),
  rules: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,79}$/, 'a rule is named by its id'), RuleOverride)
    .default({})
    .describe('By rule id: another severity, or "off", with the reason.'),
  model: z.boolean().default(true).describe('Let Claude review, if the operator has set a key.'),
  budget_usd: z
    .number()
    .min(0)
    .max(1000)
    .optional()
    .describe(
      'What Claude may cost for one pull request, in US dollars, questions included; after that only the analysers run. This and the next three can lower the operator’s budgets (`BACKEND_DEV_BUDGET_USD` …), never raise them.',
    ),
  budget_tokens: TokenBudget.describe('The same in tokens, read (from the cache too) and written.'),
  day_budget_usd: z
    .number()
    .min(0)
    .max(100_000)
    .optional()
    .describe('What Claude may cost in this repository on one day (UTC), in US dollars.'),
  day_budget_tokens: TokenBudget.describe('The same in tokens.'),
  language: z
    .string()
    .regex(/^[A-Za-z][A-Za-z -]{1,39}$/, 'the name of a language, such as German')
    .default('English')
    .describe('The language in which Claude writes. Texts of rules are English.'),
  guidance: z
    .array(
      z.strictObject(
        {
          paths: z.array(Glob).min(1).max(20).describe('Where it applies.'),
          text: z.string().min(1).max(2000).describe('What Claude is told about these files.'),
        },
        { error: writtenAs('{ paths: ["src/**"], text: "what Claude is told" }') },
      ),
    )
    .max(20)
    .default([])
    .describe('More guidance for Claude, by path.'),
});
export type RepositoryConfig = z.infer<typeof RepositoryConfig>;

export const DEFAULT_CONFIG: RepositoryConfig = RepositoryConfig.parse({});

/** A broken config is data: the review runs with defaults and says file, line and problem. */
export type ConfigOutcome =
  | { kind: 'absent'; config: RepositoryConfig }
  | { kind: 'ok'; config: RepositoryConfig }
  | { kind: 'invalid'; config: RepositoryConfig; problems: string[] };

const MAX_BYTES = 32 * 1024;
const MAX_PROBLEMS = 20;

/** Reads a repository config; its text is hostile. Never throws, and takes time linear in the text. */
export function parseRepositoryConfig(text: string | null, source: string = CONFIG_PATH): ConfigOutcome {
  if (text === null) return { kind: 'absent', config: DEFAULT_CONFIG };
  const invalid = (...problems: string[]): ConfigOutcome => ({ kind: 'invalid', config: DEFAULT_CONFIG, problems });
  if (Buffer.byteLength(text) > MAX_BYTES) return invalid(`${source}:1: larger than ${MAX_BYTES / 1024} KB`);
  const cost = describeYamlCost(text);
  if (cost !== null) return invalid(`${source}:1: ${cost}`);
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { uniqueKeys: true, logLevel: 'silent', lineCounter });
    const [error] = document.errors;
    if (error)
      return invalid(
        `${source}:${error.linePos?.[0].line ?? 1}: ${error.message.replace(/ at line \d+, column \d+:?\n[^]*/, '')}`,
      );
    const value: unknown = document.toJS({ maxAliasCount: 20 }) ?? {};
    const parsed = RepositoryConfig.safeParse(value, { error: wordIssue });
    if (parsed.success) return { kind: 'ok', config: parsed.data };
    const { issues } = parsed.error;
    const told = issues
      .map((issue) => placeIssue(issue, document, lineCounter))
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      .slice(0, MAX_PROBLEMS)
      .map((problem) => `${source}:${problem}`);
    return invalid(...told, ...(issues.length > MAX_PROBLEMS ? [`and ${issues.length - MAX_PROBLEMS} more`] : []));
  } catch (error) {
    return invalid(`${source}:1: ${(error as Error).message}`);
  }
}
