import { answerDispute } from '../commands/answer-dispute.ts';
import { mayDispute, mayRun } from '../commands/authorise.ts';
import type { Command, CommandContext, CommandResult } from '../commands/command.ts';
import { renderHelp } from '../commands/help.ts';
import { type ParsedCommand, parseCommand } from '../commands/parse-command.ts';
import { COMMAND_TABLE } from '../commands/run-command.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { describeError } from '../errors.ts';
import type { CommentRef, GitHub, Permission, PullRequest } from '../github/github.ts';
import type { Pending } from '../queue/run-store.ts';
import type { Trigger } from '../queue/trigger.ts';
import type { Amendment } from '../review/amend.ts';

export interface Asked {
  /** Reviews that people who may asked for; without a name by the agent that reviews automatically. */
  reviews: { agent: string | null; full: boolean }[];
  amendments: Amendment[];
}

type Spoken = Extract<Trigger, { kind: 'command' | 'reply' | 'button' }>;

interface Deps {
  github: GitHub;
  /** Every name that a command may begin with. */
  agents: readonly string[];
  /** Reads what a command of this person needs; called only once the right is proven. `agent`: who was spoken to by name. */
  open: (spoken: Spoken, argument: string, agent: string | null, permission: Permission) => Promise<CommandContext>;
}

/**
 * Commands, buttons and replies, one after the other. Rights are asked of GitHub now, not when the comment came: they may have
 * been withdrawn in between. What a command writes at once is written once (replies by marker, commits by the head they build
 * on); what it decides about findings is returned and written with the next plan.
 */
export async function runCommands(deps: Deps, pull: PullRequest, { triggers }: Pending): Promise<Asked> {
  const reviews = new Map<string | null, boolean>();
  const amendments: Amendment[] = [];
  for (const { trigger } of triggers) {
    if (trigger.kind !== 'command' && trigger.kind !== 'reply' && trigger.kind !== 'button') continue;
    const address = readAddress(trigger, deps.agents);
    if (!address) continue;
    const result = await runOne(deps, pull, trigger, address);
    if (!result) continue;
    amendments.push(...(result.amendments ?? []));
    const { agent } = address;
    if (result.review) reviews.set(agent, result.review === 'full' || reviews.get(agent) === true);
  }
  return { reviews: [...reviews].map(([agent, full]) => ({ agent, full })), amendments };
}

/** Who was spoken to by name, and what with; a button and a plain reply name nobody. */
interface Address {
  agent: string | null;
  command: ParsedCommand | null;
}

function readAddress({ kind, body }: Spoken, agents: readonly string[]): Address | null {
  if (kind === 'reply') return { agent: null, command: null };
  if (kind === 'button') return { agent: null, command: parseCommand(body, DEFAULT_AGENT) };
  for (const agent of agents) {
    const command = parseCommand(body, agent);
    if (command) return { agent, command };
  }
  return null;
}

async function runOne(
  deps: Deps,
  pull: PullRequest,
  trigger: Spoken,
  { agent, command }: Address,
): Promise<CommandResult | null> {
  const { github } = deps;
  const comment: CommentRef | null =
    trigger.kind === 'button' ? null : { kind: trigger.commentKind, id: trigger.commentId, root: trigger.root };
  const say = (body: string): Promise<void> => sayOnce(github, pull, comment, body);
  if (trigger.kind === 'reply') {
    const permission = await github.readPermission(pull, trigger.login);
    if (!mayDispute(permission, trigger.login === pull.author)) return null;
    const open = () => deps.open(trigger, trigger.body, agent, permission);
    return await carryOut(deps, pull, trigger, open, answerDispute, comment, say);
  }
  if (!command) return null;
  if ('unknown' in command) {
    await say(renderHelp(agent ?? DEFAULT_AGENT, { word: command.unknown, nearest: command.nearest }));
    return null;
  }
  const permission = command.name === 'help' ? 'none' : await github.readPermission(pull, trigger.login);
  if (!mayRun(command.name, permission, trigger.login === pull.author)) {
    if (comment) await github.react(pull, comment, 'confused');
    return null;
  }
  if (comment) await github.react(pull, comment, 'eyes');
  const open = () => deps.open(trigger, command.argument, agent, permission);
  return await carryOut(deps, pull, trigger, open, COMMAND_TABLE[command.name], comment, say);
}

async function carryOut(
  { github }: Deps,
  pull: PullRequest,
  trigger: Spoken,
  open: () => Promise<CommandContext>,
  command: Command,
  comment: CommentRef | null,
  say: (body: string) => Promise<void>,
): Promise<CommandResult> {
  const result = await command(await open());
  if (result.reply !== undefined) await say(result.reply);
  if (result.resolve) await github.resolveThreads(result.resolve);
  if (result.commit) await say(await commit(github, pull, result.commit, trigger.login));
  if (comment && result.resolve) await github.react(pull, comment, '+1');
  return result;
}

/** The commit names who asked for it. A refusal (a protected branch, a push in between) is an answer, not a fault. */
async function commit(
  github: GitHub,
  pull: PullRequest,
  { message, files, done }: NonNullable<CommandResult['commit']>,
  login: string,
): Promise<string> {
  try {
    const sha = await github.commitFiles(pull, { message, body: `Asked for by ${login}.`, files });
    return `${done}: ${sha}`;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code !== 'GITHUB_REFUSED' && code !== 'GITHUB_FORBIDDEN' && code !== 'GITHUB_NOT_FOUND') throw error;
    return `Nothing was committed: ${describeError(error)}`;
  }
}

async function sayOnce(github: GitHub, pull: PullRequest, comment: CommentRef | null, body: string): Promise<void> {
  const marker = `<!-- backend-dev:reply comment=${comment?.id ?? 'button'} -->`;
  if (comment?.kind === 'inline')
    await github.replyInThread(pull, comment.root ?? comment.id, body, marker, comment.id);
  else
    await github.reply(
      pull,
      body,
      comment ? marker : `<!-- backend-dev:reply head=${pull.headSha} -->`,
      comment?.id ?? null,
    );
}
