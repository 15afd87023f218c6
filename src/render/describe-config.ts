import { CONFIG_PATH, type ConfigOutcome, DEFAULT_AGENT, type RepositoryConfig } from '../config/repository-config.ts';
import type { ConfigChange } from '../scope/apply-config.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';

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

/** A summary has room for other things. */
const MOST_UNKNOWN = 5;

/** Rules that the config sets and no agent has, each as it is described: a setting that changes nothing must not look like one. */
export function describeUnknownRules(unknown: readonly string[], source: string = CONFIG_PATH): string[] {
  const told = unknown
    .slice(0, MOST_UNKNOWN)
    .map((one) => `${code(source)} names a rule that there is not: ${escapeMarkdown(one)}`);
  const more = unknown.length - told.length;
  return more === 0
    ? told
    : [...told, `${code(source)} names ${more} more that there ${more === 1 ? 'is' : 'are'} not.`];
}

/** For how many files the globs of the config could not be matched; null: for none. */
export function describeUnmatched(files: number): string | null {
  if (files === 0) return null;
  return `The globs under ${code('paths')} in the config take too long to match; for ${files} files they were not applied.`;
}

const MOST_SETTINGS = 20;

/** What the change makes of the config; null: nothing. */
export function describeConfigChange(change: ConfigChange | null): string | null {
  if (change === null) return null;
  if (change.kind === 'broken')
    return `This change breaks ${code(CONFIG_PATH)}: ${change.problems.map(escapeMarkdown).join('; ')}`;
  const settings = change.settings
    .slice(0, MOST_SETTINGS)
    .map(({ name, before, after }) => `${code(name)} ${code(before ?? 'unset')} → ${code(after ?? 'unset')}`);
  const effect = settings.length === 0 ? 'nothing of its effect' : settings.join(', ');
  return `This change alters ${code(CONFIG_PATH)}: ${effect}. It takes effect after the merge.`;
}
