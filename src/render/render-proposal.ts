import { CONFIG_PATH } from '../config/repository-config.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';

/** A rule that people of the repository dismiss again and again, and what their config could say about it. */
export interface Proposal {
  rule: string;
  title: string;
  places: number;
  pulls: number;
  /** In the words of one of them, the newest; null: nobody gave one. */
  reason: string | null;
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
