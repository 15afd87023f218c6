import { isSecurity, type Precedent, type Precedents, type Settled } from '../ledger/precedent.ts';
import type { Proposal } from '../render/render-proposal.ts';

/** So many places in so many pull requests are no accident and no single bad day. */
const LEAST_PLACES = 3;
const LEAST_PULLS = 2;
const MOST_PROPOSED = 3;

export interface Proposing {
  /** Of the pull request whose summary may say it. */
  number: number;
  settled: readonly Settled[];
  precedents: Precedents;
  /** Rules that this summary has proposed before: it goes on saying so. */
  said: readonly string[];
  /** Rules that the config speaks of: people have decided. */
  configured: ReadonlySet<string>;
}

/**
 * What is proposed, once for a rule in a repository. It is words in a summary: nothing is left out until people write it into
 * their config. Never about security.
 */
export function decideProposals({ number, settled, precedents, said, configured }: Proposing): Proposal[] {
  const here = settled.map((one) => ({ ...one, number }));
  const all = [...here, ...precedents.list.filter((one) => one.number !== number)];
  const mayPropose = (one: Precedent): boolean => {
    const where = said.includes(one.rule) ? number : (precedents.proposed.get(one.rule) ?? number);
    return where === number && !isSecurity(one) && !configured.has(one.rule) && isNameable(one.rule);
  };
  const proposals = [...Map.groupBy(all.filter(mayPropose), kindOf).values()].flatMap((list) => decide(list) ?? []);
  const byRule = new Map(proposals.toReversed().map((one) => [one.rule, one]));
  return [...byRule.values()].toReversed().slice(0, MOST_PROPOSED);
}

/** As the config takes the name of a rule. */
function isNameable(rule: string): boolean {
  return /^[a-z][a-z0-9-]{0,79}$/.test(rule);
}

/** One rule of Claude's is a whole principle: what was dismissed under it must be the same weakness as well. */
function kindOf({ rule, model, cwe }: Settled): string {
  return model ? `${rule} ${cwe[0] ?? ''}` : rule;
}

function decide(list: readonly Precedent[]): Proposal | null {
  const [newest] = list;
  const places = new Set(list.map(({ path, id }) => `${path}\0${id}`)).size;
  const pulls = new Set(list.map((one) => one.number)).size;
  if (!newest || places < LEAST_PLACES || pulls < LEAST_PULLS) return null;
  const reason = list.find((one) => one.reason !== null && one.reason.trim().length >= 3)?.reason ?? null;
  return { rule: newest.rule, title: newest.title, places, pulls, reason };
}
