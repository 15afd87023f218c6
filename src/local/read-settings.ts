import { listUnknownRules } from '../agents/list-unknown-rules.ts';
import type { Change, Snapshot } from '../change/change.ts';
import { CONFIG_PATH, parseRepositoryConfig, type RepositoryConfig } from '../config/repository-config.ts';
import {
  describeAgent,
  describeConfig,
  describeConfigChange,
  describeUnknownRules,
} from '../render/describe-config.ts';
import { readConfigChange } from '../scope/apply-config.ts';
import { maskText } from '../secrets/mask-text.ts';

/** The settings by which a change on this machine is reviewed. */
export interface Settings {
  config: RepositoryConfig;
  /** Which config that is, for people; null: there is none, and the defaults count. */
  counted: string | null;
  /** What whoever asked must know of it. */
  notes: string[];
  /** Where a path of the change lies below the top of the repository; null: outside of it, or named by a person. Absent: there. */
  locate?: (path: string) => string | null;
}

/** As the App does: the config of the base commit. What the change makes of it counts after the merge, and is told. */
export async function readSettings(change: Change, snapshot: Snapshot, path = CONFIG_PATH): Promise<Settings> {
  const content = (await snapshot.readBase([path])).get(path);
  const text = content?.kind === 'text' ? maskText(content.text) : null;
  const where = change.base === null ? 'as it was before the patch' : `of the base, ${change.base.slice(0, 7)}`;
  const settings = parseSettings(text, path, where);
  const isNew = text === null && change.files.some((file) => file.path === path && file.status !== 'removed');
  if (isNew) return { ...settings, notes: [`${path} is not in the base yet, so it has no effect on this review.`] };
  const altered = describeConfigChange(await readConfigChange(change, snapshot, settings.config));
  return { ...settings, notes: [...settings.notes, ...(altered === null ? [] : [altered])] };
}

/** A broken config is none: the defaults count, and its problems are told. */
export function parseSettings(text: string | null, path: string, where: string): Settings {
  const outcome = parseRepositoryConfig(text, path);
  const problem = describeConfig(outcome);
  const unknown = describeUnknownRules(listUnknownRules(Object.keys(outcome.config.rules)), path);
  return {
    config: outcome.config,
    counted: outcome.kind === 'ok' ? `${path} ${where}` : null,
    notes: [...(problem === null ? [] : [problem]), ...unknown],
  };
}

/** The agent that was asked for, else the config's, else, and it is told, the built-in one. */
export function chooseAgent(
  { config }: Settings,
  asked: string | undefined,
  { known, builtIn }: { known: readonly string[]; builtIn: string },
): { agent: string; note: string | null } {
  if (asked !== undefined) return { agent: asked, note: null };
  const note = describeAgent(config, known);
  return { agent: note === null ? config.agent : builtIn, note };
}
