import { FILE_KINDS } from '../change/source-file.ts';
import { nameCharacter } from '../text/invisible.ts';
import type { Survey } from './survey.ts';

const SHOWN = 5;

/** The first config of a repository: what was found, what can be chosen, and nothing that differs from the defaults. */
export function renderConfig({ kinds, frameworks, migrations }: Survey): string {
  const found = kinds.map(({ kind, files }) => `${kind} (${files} ${files === 1 ? 'file' : 'files'})`);
  return `# backend-dev reviews pull requests by this file, as it stands on the base branch. \`backend-dev config\` checks it.
# Every setting: docs/configuration.md of backend-dev. What is commented out has the value that is shown.
#
# Found here by \`backend-dev init\`:
#   languages:   ${list(found)}
#   frameworks:  ${list(frameworks)}
#   migrations:  ${list(migrations)}

# Which findings are commented, and which make the check fail: critical, high, medium, low; fail_at also never.
comment_at: low
fail_at: critical

# Only these kinds of files; empty: all.
# One or more of: ${FILE_KINDS.join(', ')}
# languages: []

# Only paths that match one of \`include\` (empty: all), and none that matches one of \`exclude\`.
# paths:
#   include: []
#   exclude: ["legacy/**"]

# A rule by its id (docs/rules.md): another severity, or "off", with the reason.
# rules:
#   missing-request-timeout: { severity: low, reason: "the gateway limits every call" }

# Draft pull requests as well; those that a bot opened.
# drafts: false
# bots: true

# Labels of pull requests that are never, or always reviewed.
# labels:
#   skip: [no-review]
#   force: [review-me]

# Let Claude review, where the operator set a key; what it may cost for one pull request, in US dollars.
# model: true
# budget_usd: 2

# What Claude is told about some files.
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
