import { realpathSync } from 'node:fs';
import { findAgent, loadAgents } from '../agents/load-agents.ts';
import { describeRules, type RulePage } from '../analysis/describe-rules.ts';
import { type ComposedReviewer, composeReviewer } from '../compose-reviewer.ts';
import type { Environment } from '../config/env.ts';
import { RepositoryConfig } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import type { Finding } from '../findings/finding.ts';
import { createGate, type Gate } from '../gate.ts';
import { joinNetwork } from '../network.ts';
import { keepAnswers, type StageMemory } from '../pipeline/model-reviewer.ts';
import { createMemoryTill, createPurse, decideBudgets, type Purse } from '../pipeline/purse.ts';
import { findRoot } from './find-root.ts';

/** The state that all calls of one client share. */
export interface Session {
  /** The repository that the server was started in, looked at again for each call. @throws AppError GIT_FAILED, OUTSIDE_REPOSITORY */
  findRoot(): Promise<string>;
  /** @throws AppError AGENT_INVALID naming those that there are */
  openReviewer(agent: string): ComposedReviewer;
  /** The agents that there are. */
  agents: readonly string[];
  /** Before the first request to Claude. @throws AppError CONFIG_INVALID where the proxy or the authorities cannot be used */
  joinNetwork(): void;
  listRules(agent: string): ReadonlyMap<string, RulePage>;
  /** Reviews that run at once; more of them wait. */
  inTurn: Gate;
  /** Claude is paid from one purse, and not asked the same twice. */
  purse: Purse;
  memory: StageMemory;
  /** Findings that the client was told, by fingerprint. */
  told: Recent<Finding>;
  close(): Promise<void>;
}

const AT_ONCE = 2;

export function createSession(env: Environment, dir: string): Session {
  const start = realpathSync(dir);
  let root: string | undefined;
  const reviewers = new Map<string, ComposedReviewer>();
  const rules = new Map<string, ReadonlyMap<string, RulePage>>();
  let joined = false;
  return {
    agents: [...loadAgents().keys()],
    joinNetwork: () => {
      if (!joined) joinNetwork(env);
      joined = true;
    },
    findRoot: async () => {
      const found = await findRoot(start);
      root ??= found;
      if (found !== root) throw new AppError('OUTSIDE_REPOSITORY', `${root} is no repository any more`);
      return root;
    },
    openReviewer: (agent) => {
      const known = reviewers.get(agent);
      if (known) return known;
      const made = composeReviewer(env, { agent, model: true });
      reviewers.set(agent, made);
      return made;
    },
    listRules: (agent) => {
      const known = rules.get(agent);
      if (known) return known;
      const made = new Map(describeRules(findAgent(loadAgents(), agent)).map((page) => [page.id, page]));
      rules.set(agent, made);
      return made;
    },
    inTurn: createGate(AT_ONCE),
    purse: createPurse(createMemoryTill(), decideBudgets(env, RepositoryConfig.parse({}))),
    memory: keepAnswers(createRecent<unknown>(500)),
    told: createRecent(1000),
    close: async () => {
      await Promise.all([...reviewers.values()].map((reviewer) => reviewer.close()));
    },
  };
}

export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

/** The oldest are forgotten. */
function createRecent<T>(most: number): Recent<T> {
  const known = new Map<string, T>();
  return {
    get: (key) => known.get(key),
    set: (key, value) => {
      known.delete(key);
      known.set(key, value);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}
