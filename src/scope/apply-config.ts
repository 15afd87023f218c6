import type { Change, Snapshot } from '../change/change.ts';
import type { PullRequest } from '../change/pull-request.ts';
import { CONFIG_PATH, parseRepositoryConfig, type RepositoryConfig } from '../config/repository-config.ts';
import { isAtLeast, type Severity } from '../findings/finding.ts';
import { maskText } from '../secrets/mask-text.ts';
import { createGlobMatcher, matchesGlob } from '../text/match-globs.ts';
import type { FileCoverage } from './coverage.ts';
import { because } from './reasons.ts';
import { decideSelection } from './select.ts';

/** Why a pull request is not reviewed automatically. */
export type Refusal =
  | { code: 'SWITCHED_OFF' | 'MERGE_QUEUE' | 'DRAFT' | 'BY_BOT' }
  | { code: 'PAUSED'; by: string }
  | { code: 'SKIP_LABEL'; label: string }
  | { code: 'OTHER_BASE'; branch: string };

/** Why a pull request is not reviewed by itself, or null. A person's command overrides it. */
export function decidePolicy(pull: PullRequest, config: RepositoryConfig, pausedBy: string | null): Refusal | null {
  if (!config.enabled) return { code: 'SWITCHED_OFF' };
  if (pausedBy !== null) return { code: 'PAUSED', by: pausedBy };
  // Whoever opens a pull request names its branch: only GitHub's own bot, in the repository itself, speaks for the queue.
  if (pull.byBot && !pull.fork && pull.headRef.startsWith('gh-readonly-queue/')) return { code: 'MERGE_QUEUE' };
  const has = (names: readonly string[]): string | undefined => pull.labels.find((label) => names.includes(label));
  const skipped = has(config.labels.skip);
  if (skipped !== undefined) return { code: 'SKIP_LABEL', label: skipped };
  if (has(config.labels.force) !== undefined) return null;
  if (config.base_branches.length > 0 && !config.base_branches.some((glob) => matchesGlob(pull.baseRef, glob)))
    return { code: 'OTHER_BASE', branch: pull.baseRef };
  if (pull.draft && !config.drafts) return { code: 'DRAFT' };
  return pull.byBot && !config.bots ? { code: 'BY_BOT' } : null;
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
): {
  wanted: Change;
  left: FileCoverage[];
  /** Files for which the globs take too long to match: they are reviewed. */
  unmatched: number;
} {
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
    unmatched: unknown,
    left: left.map(({ path }) => ({ path, ...because('LEFT_OUT'), analysers: [] })),
  };
}

/** What the pull request's own change of the config will do once it is merged; until then the base's is in force. */
export type ConfigChange =
  | { kind: 'broken'; problems: readonly string[] }
  | { kind: 'altered'; settings: { name: string; before: string | null; after: string | null }[] };

/** Null: the change leaves the config alone. */
export async function readConfigChange(
  change: Change,
  snapshot: Snapshot,
  now: RepositoryConfig,
): Promise<ConfigChange | null> {
  const file = change.files.find((one) => one.path === CONFIG_PATH || one.previousPath === CONFIG_PATH);
  if (!file) return null;
  const content =
    file.status === 'removed' || file.path !== CONFIG_PATH
      ? undefined
      : (await snapshot.readHead([CONFIG_PATH])).get(CONFIG_PATH);
  const after = parseRepositoryConfig(content?.kind === 'text' ? maskText(content.text) : null);
  if (after.kind === 'invalid') return { kind: 'broken', problems: after.problems };
  return { kind: 'altered', settings: listChanges(now, after.config) };
}

function listChanges(
  before: RepositoryConfig,
  after: RepositoryConfig,
): Extract<ConfigChange, { kind: 'altered' }>['settings'] {
  const flat = (value: unknown, prefix: string): [string, string][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) => flat(inner, prefix === '' ? key : `${prefix}.${key}`))
      : [[prefix, JSON.stringify(value)]];
  const [old, now] = [new Map(flat(before, '')), new Map(flat(after, ''))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }));
}
