import { applySuggestions } from '../findings/apply-suggestions.ts';
import type { Finding } from '../findings/finding.ts';
import { isOpen, type LedgerEntry, pathOf } from '../ledger/ledger.ts';
import { code, suggest } from '../text/markdown.ts';
import type { Command, CommandContext, CommandResult } from './command.ts';
import { findAgain } from './find-again.ts';

/** In a finding's thread it commits the exact fix of that finding, in the conversation all exact fixes in one commit. */
export const fix: Command = async (context) => {
  const { entry, ledger } = context;
  const entries = entry ? [entry] : ledger.entries.filter((one) => isOpen(one.record));
  if (entry && !isOpen(entry.record))
    return { reply: `There is nothing to fix: this finding is ${entry.record.state}.` };
  if (entries.length === 0) return { reply: 'There is nothing to fix: no finding is open.' };
  const { findings, texts, unwritable } = await context.analyse(new Set(entries.map((one) => pathOf(one.record))));
  const exact = entries.flatMap((one) => findExact(one, findings));
  const refused = [...unwritable].filter(([path]) => entries.some((one) => pathOf(one.record) === path));
  const writable = exact.filter((finding) => texts.has(finding.path));
  if (writable.length === 0 && refused.length > 0) return { reply: `Nothing was committed. ${renderRefused(refused)}` };
  if (exact.length === 0)
    return {
      reply: `No exact fix is known for ${entry ? 'this finding' : 'the open findings'}; the ${entry ? 'comment above says' : 'comments say'} in words what to write.`,
    };
  const obstacle = findObstacle(context);
  if (obstacle !== null) return { reply: renderSuggestions(exact, obstacle, entry !== null) };
  return planCommit(writable, texts, refused);
};

/** The analysers find it now, with a fix that was tried out. */
function findExact(entry: LedgerEntry, findings: readonly Finding[]): Finding[] {
  return findAgain(entry, findings).filter((finding) => finding.suggestion !== null);
}

/** Why nothing may be committed, or null. */
function findObstacle({ agent, pull, traits }: CommandContext): string | null {
  if (pull.state !== 'open') return 'the pull request is closed';
  if (pull.fork) return 'the branch belongs to a fork, and I never push there';
  if (agent.permissionMode !== 'acceptEdits') return `the agent’s permissionMode is ${agent.permissionMode}`;
  if (!agent.tools.includes('Edit')) return 'the agent has no Edit tool';
  return traits.commit.able ? null : `the App was not given ${code(traits.commit.lacks)}`;
}

function renderSuggestions(findings: readonly Finding[], obstacle: string, inThread: boolean): string {
  const blocks = findings.map(({ suggestion, path, startLine }) =>
    suggestion ? `${inThread ? '' : `${code(`${path}:${startLine}`)}\n`}${suggest(suggestion.replacement)}` : '',
  );
  return `Nothing was committed, because ${obstacle}. The change:\n\n${blocks.join('\n\n')}`;
}

function renderRefused(refused: readonly (readonly [string, string])[]): string {
  return refused.map(([path, why]) => `${code(path)} is not written to, because ${why}: change it by hand.`).join(' ');
}

function planCommit(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
  refused: readonly (readonly [string, string])[],
): CommandResult {
  const files: { path: string; text: string }[] = [];
  let count = 0;
  for (const [path, list] of Map.groupBy(findings, (finding) => finding.path)) {
    const text = texts.get(path);
    if (text === undefined) continue;
    const result = applySuggestions(
      text,
      list.flatMap((finding) => finding.suggestion ?? []),
    );
    count += result.applied;
    files.push({ path, text: result.text });
  }
  const [only] = findings;
  const title = count === 1 && only ? only.title : `${count} findings of the review`;
  return {
    commit: {
      message: `fix: ${/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title}`,
      files,
      done: `${count} fix${count === 1 ? '' : 'es'} committed in ${files.map((file) => code(file.path)).join(', ')}${refused.length === 0 ? '' : `. ${renderRefused(refused)}`}`,
    },
  };
}
