import type { PullRequest } from '../change/pull-request.ts';
import { answerDispute } from '../commands/answer-dispute.ts';
import { mayDispute, mayRun } from '../commands/authorise.ts';
import type { Command, CommandContext, CommandResult } from '../commands/command.ts';
import { renderHelp } from '../commands/help.ts';
import { type ParsedCommand, parseCommand } from '../commands/parse-command.ts';
import { COMMAND_TABLE } from '../commands/run-command.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError, describeError, type ErrorCode } from '../errors.ts';
import type { Amendment } from '../ledger/amend.ts';
import type { Logger } from '../log.ts';
import type { CommentRef, Forge, Permission } from '../pipeline/forge.ts';
import type { Pending } from '../queue/run-store.ts';
import type { Trigger } from '../queue/trigger.ts';
import type { Rights } from './create-rights.ts';

export interface Asked {
  /** Reviews that people who may asked for; without a name by the agent that reviews automatically. */
  reviews: { agent: string | null; full: boolean }[];
  amendments: Amendment[];
  /** Triggers that were not come to in this job's time. */
  left: ReadonlySet<string>;
  /** What people without the right get: one quiet sign. It is done after the reviews. */
  refused: Spoken[];
}

type Spoken = Extract<Trigger, { kind: 'command' | 'reply' | 'button' }>;

interface Deps {
  github: Forge;
  /** Every name that a command may begin with. */
  agents: readonly string[];
  rights: Rights;
  /** No further command is begun after this moment (epoch milliseconds): others wait. */
  until: number;
  now: () => number;
  /** Reads what a command of this person needs; called only once the right is proven. `agent`: who was spoken to by name. */
  open: (spoken: Spoken, argument: string, agent: string | null, permission: Permission) => Promise<CommandContext>;
  log: Pick<Logger, 'warn'>;
}

/**
 * Commands, buttons and replies, one after the other. Rights are asked of GitHub now, not when the comment came: they may have
 * been withdrawn in between. What a command writes at once is written once (replies by marker, commits by the head they build
 * on); what it decides about findings is returned and written with the next plan. One that GitHub refuses to have answered (the
 * comment was deleted, the conversation locked) costs nothing else of the job.
 */
export async function runCommands(deps: Deps, pull: PullRequest, { triggers }: Pending): Promise<Asked> {
  const reviews = new Map<string | null, boolean>();
  const amendments: Amendment[] = [];
  const left = new Set<string>();
  const refused: Spoken[] = [];
  const allowed = createAllowed(deps, pull);
  let begun = false;
  for (const { id, trigger } of triggers) {
    if (trigger.kind !== 'command' && trigger.kind !== 'reply' && trigger.kind !== 'button') continue;
    const address = readAddress(trigger, deps.agents);
    if (!address) continue;
    const permission = await allowed(trigger, address);
    if (permission === null) {
      refused.push(trigger);
      continue;
    }
    if (begun && deps.now() > deps.until) {
      left.add(id);
      continue;
    }
    begun = true;
    const result = await unlessRefused(deps, trigger, () => runOne(deps, pull, trigger, address, permission));
    if (!result) continue;
    amendments.push(...(result.amendments ?? []));
    const { agent } = address;
    if (result.review) reviews.set(agent, result.review === 'full' || reviews.get(agent) === true);
  }
  return { reviews: [...reviews].map(([agent, full]) => ({ agent, full })), amendments, left, refused };
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

/** The right by which a trigger is carried out, or null. Each person's is asked for once a job; help needs some right, too. */
function createAllowed({ github, rights }: Deps, pull: PullRequest) {
  const known = new Map<string, Promise<Permission>>();
  return async ({ kind, login }: Spoken, { command }: Address): Promise<Permission | null> => {
    const permission = await (known.get(login) ?? keep(known, login, rights(github, pull, login)));
    const isAuthor = login === pull.author;
    const may = (): boolean => {
      if (kind === 'reply') return mayDispute(permission, isAuthor);
      if (!command) return false;
      if ('unknown' in command || command.name === 'help') return mayDispute(permission, false);
      return mayRun(command.name, permission, isAuthor);
    };
    return may() ? permission : null;
  };
}

function keep<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  return value;
}

/** Null too when GitHub does not take the answer, now or ever. */
async function unlessRefused<T>(
  { log }: Pick<Deps, 'log'>,
  trigger: Spoken,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const final = error instanceof AppError && error.retry === 'never' && FINAL.has(error.code);
    if (!final) throw error;
    log.warn({ err: error, login: trigger.login }, 'a command could not be answered');
    return null;
  }
}

const FINAL: ReadonlySet<ErrorCode> = new Set(['GITHUB_FORBIDDEN', 'GITHUB_NOT_FOUND', 'GITHUB_REFUSED']);

/** What stands for the one help that strangers get on a pull request, among the names of those who were refused. */
const HELPED = '(help)';

/**
 * One quiet sign for each person and pull request, and one help for all of them: sixteen comments cost what one does. A plain
 * reply gets nothing.
 */
export async function answerStrangers(
  deps: Pick<Deps, 'github' | 'agents' | 'log'>,
  memory: { list: () => Promise<Set<string>>; note: (login: string) => Promise<void> },
  pull: PullRequest,
  refused: readonly Spoken[],
): Promise<void> {
  const spoken = refused.filter((trigger) => trigger.kind === 'command');
  if (spoken.length === 0) return;
  const known = await memory.list();
  for (const trigger of spoken) {
    const { agent, command } = readAddress(trigger, deps.agents) ?? {};
    const helps = command && !('unknown' in command) && command.name === 'help';
    const who = helps ? HELPED : trigger.login;
    if (known.has(who)) continue;
    known.add(who);
    const comment = { kind: trigger.commentKind, id: trigger.commentId, root: trigger.root };
    await unlessRefused(deps, trigger, () =>
      helps
        ? sayOnce(deps.github, pull, comment, renderHelp(agent ?? DEFAULT_AGENT))
        : deps.github.react(pull, comment, 'confused'),
    );
    await memory.note(who);
  }
}

async function runOne(
  deps: Deps,
  pull: PullRequest,
  trigger: Spoken,
  { agent, command }: Address,
  permission: Permission,
): Promise<CommandResult | null> {
  const { github } = deps;
  const comment: CommentRef | null =
    trigger.kind === 'button' ? null : { kind: trigger.commentKind, id: trigger.commentId, root: trigger.root };
  const say = (body: string): Promise<void> => sayOnce(github, pull, comment, body);
  if (trigger.kind === 'reply') {
    const open = () => deps.open(trigger, trigger.body, agent, permission);
    return await carryOut(deps, pull, trigger, open, answerDispute, comment, say);
  }
  if (!command) return null;
  if ('unknown' in command) {
    await say(renderHelp(agent ?? DEFAULT_AGENT, { word: command.unknown, nearest: command.nearest }));
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
  github: Forge,
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

async function sayOnce(github: Forge, pull: PullRequest, comment: CommentRef | null, body: string): Promise<void> {
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
