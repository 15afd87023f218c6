import type { Change, Snapshot } from '../change/change.ts';
import type { PullRequest } from '../change/pull-request.ts';
import {
  CONFIG_PATH,
  type ConfigOutcome,
  DEFAULT_AGENT,
  parseRepositoryConfig,
  type RepositoryConfig,
} from '../config/repository-config.ts';
import { isAtLeast, type Severity } from '../findings/finding.ts';
import { maskText } from '../secrets/mask-text.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';
import { createGlobMatcher, matchesGlob } from '../text/match-globs.ts';
import type { FileCoverage } from './coverage.ts';
import { because } from './reasons.ts';
import { decideSelection } from './select.ts';

/** Why a pull request is not reviewed by itself, or null. A person's command overrides it. */
export function decidePolicy(pull: PullRequest, config: RepositoryConfig, pausedBy: string | null): string | null {
  if (!config.enabled) return `switched off in ${CONFIG_PATH}`;
  if (pausedBy !== null) return `paused by ${pausedBy}`;
  // Whoever opens a pull request names its branch: only GitHub's own bot, in the repository itself, speaks for the queue.
  if (pull.byBot && !pull.fork && pull.headRef.startsWith('gh-readonly-queue/')) return 'merge queue';
  const has = (names: readonly string[]): string | undefined => pull.labels.find((label) => names.includes(label));
  const skipped = has(config.labels.skip);
  if (skipped !== undefined) return `label ${skipped}`;
  if (has(config.labels.force) !== undefined) return null;
  if (config.base_branches.length > 0 && !config.base_branches.some((glob) => matchesGlob(pull.baseRef, glob)))
    return `base branch ${pull.baseRef} is not among base_branches`;
  if (pull.draft && !config.drafts) return 'draft';
  return pull.byBot && !config.bots ? 'opened by a bot' : null;
}

/** Whether a finding is said at all: at least as severe as the config asks for, and of a rule that it leaves on. */
export function isWanted(
  { severity, ruleId }: { severity: Severity; ruleId: string },
  { comment_at: least, rules }: RepositoryConfig,
): boolean {
  return isAtLeast(severity, least) && rules[ruleId]?.severity !== 'off';
}

/** With the severity that the config gives its rule. */
export function applySeverity<T extends { ruleId: string; severity: Severity }>(
  finding: T,
  { rules }: RepositoryConfig,
): T {
  const severity = rules[finding.ruleId]?.severity;
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
}

/** The files that the repository's config lets through, and a line of coverage for each of the others. */
export function limitPaths(
  change: Change,
  { paths, languages }: RepositoryConfig,
  locate: (path: string) => string | null = (path) => path,
): { wanted: Change; left: FileCoverage[]; note: string | null } {
  const isIncluded = createGlobMatcher(paths.include);
  const isExcluded = createGlobMatcher(paths.exclude);
  let unknown = 0;
  const isWanted = (given: string): boolean => {
    const path = locate(given);
    if (path === null) return true;
    const selection = decideSelection(path);
    if (languages.length > 0 && 'kind' in selection && !languages.some((one) => one === selection.kind)) return false;
    const included = paths.include.length === 0 || isIncluded(path);
    const excluded = isExcluded(path);
    if (included === null || excluded === null) unknown += 1;
    return included !== false && excluded !== true;
  };
  const { wanted = [], left = [] } = Object.groupBy(change.files, ({ path }) => (isWanted(path) ? 'wanted' : 'left'));
  return {
    wanted: { ...change, files: wanted },
    note:
      unknown === 0
        ? null
        : `The globs under ${code('paths')} in the config take too long to match; for ${unknown} files they were not applied.`,
    left: left.map(({ path }) => ({ path, ...because('LEFT_OUT'), analysers: [] })),
  };
}

/** A name that this App does not have must not be passed over in silence. */
export function describeAgent({ agent }: RepositoryConfig, known: readonly string[]): string | null {
  return known.includes(agent)
    ? null
    : `The config names the agent ${code(agent)}, which this App does not have; ${code(DEFAULT_AGENT)} reviews instead. There are: ${known.map(code).join(', ')}.`;
}

/** A broken config runs with the defaults and is named with file, line and problem. */
export function describeConfig(outcome: ConfigOutcome): string | null {
  if (outcome.kind !== 'invalid') return null;
  return `The config is broken, so defaults were used: ${outcome.problems.map(escapeMarkdown).join('; ')}`;
}

/** What the pull request's own change of the config will do once it is merged; until then the base's is in force. */
export async function describeConfigChange(
  change: Change,
  snapshot: Snapshot,
  now: RepositoryConfig,
): Promise<string[]> {
  const file = change.files.find((one) => one.path === CONFIG_PATH || one.previousPath === CONFIG_PATH);
  if (!file) return [];
  const content =
    file.status === 'removed' || file.path !== CONFIG_PATH
      ? undefined
      : (await snapshot.readHead([CONFIG_PATH])).get(CONFIG_PATH);
  const after = parseRepositoryConfig(content?.kind === 'text' ? maskText(content.text) : null);
  if (after.kind === 'invalid')
    return [`This change breaks ${code(CONFIG_PATH)}: ${after.problems.map(escapeMarkdown).join('; ')}`];
  const changes = listChanges(now, after.config);
  const effect = changes.length === 0 ? 'nothing of its effect' : changes.join(', ');
  return [`This change alters ${code(CONFIG_PATH)}: ${effect}. It takes effect after the merge.`];
}

function listChanges(before: RepositoryConfig, after: RepositoryConfig): string[] {
  const flat = (value: unknown, prefix: string): [string, string][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) => flat(inner, prefix === '' ? key : `${prefix}.${key}`))
      : [[prefix, JSON.stringify(value)]];
  const [old, now] = [new Map(flat(before, '')), new Map(flat(after, ''))];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .filter((name) => old.get(name) !== now.get(name))
    .slice(0, 20)
    .map((name) => `${code(name)} ${code(old.get(name) ?? 'unset')} → ${code(now.get(name) ?? 'unset')}`);
}
