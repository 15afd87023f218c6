import type { Agent } from '../agents/agent.ts';
import type { CommandContext, Source } from '../commands/command.ts';
import type { Conversant } from '../commands/conversant.ts';
import { parseRepositoryConfig, type RepositoryConfig } from '../config/repository-config.ts';
import type { GitHub, PullRequest } from '../github/github.ts';
import type { Trigger } from '../queue/trigger.ts';
import { rebuildLedger } from '../review/ledger.ts';
import { analyseChange } from '../review/review-change.ts';
import type { RuleText } from '../review/rule-text.ts';

export interface CommandDeps {
  github: GitHub;
  agent: Agent;
  rules: ReadonlyMap<string, RuleText>;
  conversant: Conversant | { off: string };
  analysis: Parameters<typeof analyseChange>[2];
  readSpent: () => Promise<number>;
  addSpent: (usd: number) => Promise<void>;
}

/** Everything that a command may look at; the files are read only by those that ask for them. */
export async function openCommand(
  { github, agent, rules, conversant, analysis, readSpent, addSpent }: CommandDeps,
  pull: PullRequest,
  trigger: Extract<Trigger, { kind: 'command' | 'reply' | 'button' }>,
  argument: string,
): Promise<CommandContext> {
  const context = await github.readContext(pull);
  const ledger = rebuildLedger(context.conversation);
  const outcome = parseRepositoryConfig(context.config.text, context.config.source);
  const { config } = outcome;
  const off = await findModelObstacle(config, conversant, readSpent);
  const root =
    trigger.kind === 'button' || trigger.commentKind !== 'inline' ? null : (trigger.root ?? trigger.commentId);
  let reading: ReturnType<GitHub['readChange']> | undefined;
  const read = (): ReturnType<GitHub['readChange']> => (reading ??= github.readChange(pull));
  return {
    agent,
    login: trigger.login,
    argument,
    pull,
    ledger,
    entry: ledger.entries.find((one) => one.thread?.first.databaseId === root) ?? null,
    config: { outcome, source: context.config.source },
    rules,
    conversant: off === null ? conversant : { off },
    spend: addSpent,
    granted: (permission, level) => github.granted(permission, level),
    source: async (): Promise<Source> => {
      const { change, snapshot } = await read();
      return {
        readHead: (paths) => snapshot.readHead(paths),
        listFiles: () => github.listFiles(pull),
        changed: change.files.map((file) => file.path),
      };
    },
    analyse: async (paths) => {
      const { change, snapshot } = await read();
      const files = change.files.filter((file) => paths.has(file.path));
      const analysed = await analyseChange({ ...change, files }, snapshot, analysis);
      const texts = new Map(analysed.files.map((file) => [file.path, file.text]));
      return { findings: analysed.findings, texts };
    },
  };
}

/** Why Claude is not asked about this pull request, or null. */
async function findModelObstacle(
  config: RepositoryConfig,
  conversant: Conversant | { off: string },
  readSpent: () => Promise<number>,
): Promise<string | null> {
  if ('off' in conversant) return conversant.off;
  if (!config.model) return 'switched off in the repository’s config';
  return (await readSpent()) >= config.budget_usd ? 'the budget for this pull request is spent (budget_usd)' : null;
}
