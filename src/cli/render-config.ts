import { FILE_KINDS } from '../change/source-file.ts';
import { nameCharacter } from '../text/invisible.ts';
import type { Survey } from './survey.ts';

const SHOWN = 5;

/** The first config of a repository: what was found and what can be chosen. No setting differs from its default. */
export function renderConfig({ kinds, frameworks, migrations }: Survey): string {
  const found = kinds.map(({ kind, files }) => `${kind} (${files} ${files === 1 ? 'file' : 'files'})`);
  return `# backend-dev reviews pull requests by this file, as it stands on the base branch. \`backend-dev config\` checks it.
# Every setting: docs/configuration.md of backend-dev. Lines that are commented out show a default or an example.
#
# Found here by \`backend-dev init\`:
#   languages:   ${list(found)}
#   frameworks:  ${list(frameworks)}
#   migrations:  ${list(migrations)}

# From which severity on a finding gets a comment, and from which on the check fails: critical, high, medium or low;
# fail_at may also be never.
comment_at: low
fail_at: critical

# Review only these kinds of files. An empty list means all.
# One or more of: ${FILE_KINDS.join(', ')}
# languages: []

# Review only paths that match \`include\` (an empty list means all) and do not match \`exclude\`.
# paths:
#   include: []
#   exclude: ["legacy/**"]

# Another severity for a rule, or "off", with the reason. docs/rules.md lists the ids.
# rules:
#   missing-request-timeout: { severity: low, reason: "the gateway limits every call" }

# Whether drafts are reviewed, and whether pull requests of bots are.
# drafts: false
# bots: true

# Pull requests with one of these labels are never reviewed (skip), or always (force).
# labels:
#   skip: [no-review]
#   force: [review-me]

# Whether Claude reviews too, if the operator has set a key, and what that may cost for one pull request, in US dollars.
# model: true
# budget_usd: 2

# What Claude should know about some files.
# guidance:
#   - paths: ["src/billing/**"]
#     text: Amounts are integers in cents.
`;
}

/** A name may hold anything, a line feed as well: it stays within its comment. */
function list(names: readonly string[]): string {
  const shown = names
    .slice(0, SHOWN)
    .map((name) => name.replace(/[\p{C}\p{Z}]/gu, (char) => (char === ' ' ? char : nameCharacter(char))));
  const more = names.length > SHOWN ? [`and ${names.length - SHOWN} more`] : [];
  return [...shown, ...more].join(', ') || 'none';
}
