import type { Agent } from '../agents/agent.ts';
import type { ForgeTraits } from '../change/forge-traits.ts';
import type { PullRequest } from '../change/pull-request.ts';
import type { ConfigOutcome } from '../config/repository-config.ts';
import type { Finding } from '../findings/finding.ts';
import type { RuleText } from '../findings/rule-text.ts';
import type { Amendment } from '../ledger/amend.ts';
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts';
import type { Purse } from '../pipeline/purse.ts';
import type { Conversant } from './conversant.ts';
import type { Source } from './source.ts';

/** What a command may look at. Everything was read from GitHub for this run of it. */
export interface CommandContext {
  agent: Pick<Agent, 'name' | 'tools' | 'permissionMode'>;
  login: string;
  argument: string;
  /** By GitHub's answer of this moment this person may `ignore` findings. */
  mayIgnore: boolean;
  pull: PullRequest;
  ledger: Ledger;
  /** The finding in whose thread the command was given; null in the conversation and in other threads. */
  entry: LedgerEntry | null;
  config: { outcome: ConfigOutcome; source: string };
  rules: ReadonlyMap<string, RuleText>;
  conversant: Conversant | { off: string };
  /** Out of which answers are paid. */
  purse: Purse;
  /** What may be done here. */
  traits: Pick<ForgeTraits, 'resolve' | 'commit'>;
  /** The files of head and base, read-only. */
  source: () => Promise<Source>;
  /** What the analysers find now in some files of the change. */
  analyse: (paths: ReadonlySet<string>) => Promise<{
    findings: Finding[];
    /** Of the files that may be written back. */
    texts: ReadonlyMap<string, string>;
    /** Why the others may not. */
    unwritable: ReadonlyMap<string, string>;
  }>;
}

/** What a command wants done, as data: the worker does it, and a plan writes the amendments. */
export interface CommandResult {
  /** Posted once, in the thread or the conversation. */
  reply?: string;
  review?: 'changed' | 'full';
  amendments?: Amendment[];
  /** Threads to close. */
  resolve?: string[];
  commit?: { message: string; files: { path: string; text: string }[]; done: string };
}

export type Command = (context: CommandContext) => CommandResult | Promise<CommandResult>;
