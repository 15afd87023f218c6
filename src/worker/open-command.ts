import type { PullRequest } from '../change/pull-request.ts';
import { mayRun } from '../commands/authorise.ts';
import type { CommandContext } from '../commands/command.ts';
import type { Conversant } from '../commands/conversant.ts';
import type { Source } from '../commands/source.ts';
import type { RepositoryConfig } from '../config/repository-config.ts';
import { findByThread } from '../ledger/ledger.ts';
import type { Forge, Permission } from '../pipeline/forge.ts';
import { decideModel } from '../pipeline/judge.ts';
import type { Purse } from '../pipeline/purse.ts';
import { readSituation } from '../pipeline/read-situation.ts';
import { analyseChange } from '../pipeline/review-change.ts';
import type { Reviewers } from '../pipeline/reviewer.ts';
import type { Trigger } from '../queue/trigger.ts';
import type { Respondent } from './respondent.ts';

export interface CommandDeps {
  github: Forge;
  reviewers: Reviewers<Respondent>;
  openPurse: (config: RepositoryConfig) => Purse;
}

/** Everything that a command may look at; the files are read only by those that ask for them. */
export async function openCommand(
  { github, reviewers, openPurse }: CommandDeps,
  pull: PullRequest,
  trigger: Extract<Trigger, { kind: 'command' | 'reply' | 'button' }>,
  argument: string,
  named: string | null,
  permission: Permission,
): Promise<CommandContext> {
  const { attributes, config: outcome, ledger, source } = await readSituation(github, pull);
  const { config } = outcome;
  const root =
    trigger.kind === 'button' || trigger.commentKind !== 'inline' ? null : (trigger.root ?? trigger.commentId);
  const entry = root === null ? null : findByThread(ledger, root);
  // Who was spoken to answers; of a finding and its fix only the agent that found it knows.
  const { agent, conversant } = reviewers.get(named ?? entry?.record.agent ?? config.agent);
  const { rules, openAnalysis } = reviewers.get(entry?.record.agent ?? agent.name);
  const purse = openPurse(config);
  const off = await findModelObstacle(config, conversant, purse);
  let reading: ReturnType<Forge['readChange']> | undefined;
  const read = (): ReturnType<Forge['readChange']> => (reading ??= github.readChange(pull));
  return {
    agent,
    login: trigger.login,
    argument,
    mayIgnore: mayRun('ignore', permission, false),
    pull,
    ledger,
    entry,
    config: { outcome, source },
    rules,
    conversant: off === null ? conversant : { off },
    purse,
    traits: github.traits(),
    source: async (): Promise<Source> => {
      const { change, snapshot } = await read();
      return { ...snapshot, changed: change.files.map((file) => file.path) };
    },
    analyse: async (paths) => {
      const { change, snapshot } = await read();
      const files = change.files.filter((file) => paths.has(file.path));
      const analysed = await analyseChange({ ...change, files }, snapshot, openAnalysis(pull), {
        attributes,
        repository: snapshot,
      });
      // What is committed is the file itself, never its masked form.
      const contents = await snapshot.readHead(analysed.files.map((file) => file.path));
      const texts = new Map<string, string>();
      const unwritable = new Map<string, string>();
      for (const [path, content] of contents) {
        const why = content.kind === 'text' ? whyUnwritable(content) : 'it is no text';
        if (why !== null) unwritable.set(path, why);
        else if (content.kind === 'text') texts.set(path, content.text);
      }
      return { findings: analysed.findings, texts, unwritable };
    },
  };
}

/** A commit through GitHub's API is UTF-8 and makes every file an ordinary one: what would be lost is not written. */
function whyUnwritable({ lossy, executable }: { lossy?: true; executable?: true }): string | null {
  if (lossy) return 'its bytes are not UTF-8, and a commit would damage them';
  return executable ? 'it is executable, and a commit through GitHub’s API would take that away' : null;
}

/** Why Claude is not asked about this pull request, or null. */
async function findModelObstacle(
  config: RepositoryConfig,
  conversant: Conversant | { off: string },
  purse: Purse,
): Promise<string | null> {
  if ('off' in conversant) return conversant.off;
  const chosen = decideModel(conversant, config);
  return 'off' in chosen ? chosen.off : await purse.readObstacle();
}
