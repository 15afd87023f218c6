import { CONFIG_PATH } from '../config/repository-config.ts';
import { isSecurity, type Precedent, type Precedents, type Settled } from '../ledger/precedent.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';

/** So many places in so many pull requests are no chance and no single bad day. */
const LEAST_PLACES = 3;
const LEAST_PULLS = 2;
const MOST_PROPOSED = 3;

/** A rule that people of the repository dismiss again and again, and what their config could say about it. */
export interface Proposal {
  rule: string;
  title: string;
  places: number;
  pulls: number;
  /** In the words of one of them, the newest; null: nobody gave one. */
  reason: string | null;
}

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

export function renderProposal({ rule, title, places, pulls, reason }: Proposal): string {
  const why = quoteForYaml(reason ?? 'say why, for the next reader');
  return [
    `**Dismissed again and again:** ${code(rule)} (${escapeMarkdown(title)}), at ${places} places of ${pulls} pull requests. If it does not fit this repository, ${code(CONFIG_PATH)} can say so; nothing changes until it does, and this is proposed once.`,
    `\`\`\`yaml\nrules:\n  ${rule}:\n    severity: "off"\n    reason: ${why}\n\`\`\``,
  ].join('\n\n');
}

/** One line in quotes that ends neither a code block nor a comment. JSON is YAML: yaml.org, 1.2.2, section 1.3. */
function quoteForYaml(text: string): string {
  const line = cutText(escapeInvisible(text.replaceAll(/\s+/g, ' ').trim()), 200, '…');
  return JSON.stringify(line).replace(/[<>`]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}
