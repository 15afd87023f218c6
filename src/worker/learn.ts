import type { PullRequest } from '../change/pull-request.ts';
import { mayRun } from '../commands/authorise.ts';
import type { Conversation } from '../ledger/conversation.ts';
import { rebuildLedger } from '../ledger/ledger.ts';
import { listClosers, listSettled, type Settling } from '../ledger/precedent.ts';
import type { Forge } from '../pipeline/forge.ts';
import type { Learned } from '../pipeline/run.ts';
import type { PrecedentStore } from '../queue/precedent-store.ts';
import type { Rights } from './create-rights.ts';

export interface LearnDeps {
  github: Forge;
  rights: Rights;
  precedents: PrecedentStore;
}

/** A change was merged: threads that were closed and whose findings were not fixed are settled, too. */
export async function learnFromMerge(deps: LearnDeps, pull: PullRequest, pullRequestId: string): Promise<void> {
  const { conversation } = await deps.github.readContext(pull);
  const { settled } = await learn({ ...pull, conversation }, createMayWrite(deps, pull));
  await deps.precedents.write(pullRequestId, { settled, proposed: [] });
}

/** Takes over what earlier pull requests of the repository say, once: the database may be new, or lost. */
export async function recallPrecedents(deps: LearnDeps, pull: PullRequest, pullRequestId: string): Promise<void> {
  if (await deps.precedents.isRecalled(pullRequestId)) return;
  const mayWrite = createMayWrite(deps, pull);
  const found: (Learned & { number: number; at: string })[] = [];
  for (const past of await deps.github.readPast(pull)) {
    const learned = await learn(past, mayWrite);
    if (learned.settled.length + learned.proposed.length > 0)
      found.push({ ...learned, number: past.number, at: past.at });
  }
  await deps.precedents.recall(pullRequestId, found);
}

/** People whose right is asked for in one go: each is a request. */
const MOST_ASKED = 20;

/** By GitHub's answer of this moment; of the right that somebody had then, nothing is known. */
function createMayWrite({ github, rights }: LearnDeps, pull: PullRequest): (login: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (login) => {
    const may =
      known.get(login) ??
      (known.size < MOST_ASKED
        ? rights(github, pull, login).then((permission) => mayRun('ignore', permission, false))
        : Promise.resolve(false));
    known.set(login, may);
    return may;
  };
}

async function learn(
  past: Pick<Settling, 'author' | 'fork' | 'merged'> & { conversation: Conversation },
  mayWrite: (login: string) => Promise<boolean>,
): Promise<Learned> {
  const { entries, summary } = rebuildLedger(past.conversation);
  const writers = new Set<string>();
  if (past.merged) for (const login of listClosers(entries)) if (await mayWrite(login)) writers.add(login);
  return {
    settled: listSettled(entries, { ...past, mayWrite: (login) => writers.has(login) }),
    proposed: summary?.record.proposed ?? [],
  };
}
