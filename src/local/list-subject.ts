import { stat } from 'node:fs/promises';
import { posix, relative, resolve, sep } from 'node:path';
import { CONFIG_PATH } from '../config/repository-config.ts';
import { createGitRepository } from '../git/create-git-repository.ts';
import { findWorkTree } from '../git/read-range.ts';
import { resolveCommit } from '../git/run-git.ts';
import { maskText } from '../secrets/mask-text.ts';
import { code } from '../text/markdown.ts';
import type { Subject } from './examine-change.ts';
import { listFiles } from './list-files.ts';
import { parseSettings, type Settings } from './read-settings.ts';

/** What a scan looks at, by the config of the repository's last commit. A file that a person names is always looked at. */
export async function listSubject(dir: string, paths: readonly string[], bounds?: string): Promise<Subject> {
  const root = await findRoot(dir, paths);
  const [listed, { settings, prefix, anyTop }] = await Promise.all([
    listFiles(root, root === dir ? paths : paths.map((path) => resolve(dir, path)), bounds),
    readSettingsAtHead(root),
  ]);
  const locate = (path: string): string | null => {
    const full = posix.join(prefix, path.replaceAll(sep, '/'));
    return listed.named.has(path) || full.startsWith('../') ? null : full;
  };
  const below = relative(dir, root);
  const { closed } = listed;
  const unread =
    closed.length === 0 ? [] : [`Not read, since this user may not list them: ${closed.map(code).join(', ')}.`];
  const notes = [...(below === '' ? [] : [`Paths are those below ${below}.`]), ...settings.notes, ...unread];
  if (below === '') return { ...listed, anyTop, settings: { ...settings, notes, locate } };
  return { ...listed, anyTop, settings: { ...settings, notes, locate }, below: below.replaceAll(sep, '/') };
}

/**
 * `scan ../service`: of a folder that is not below the current one, what lies where (`docs/`, `.gitattributes`, the config) is judged
 * from the top of its own repository, or from itself.
 */
async function findRoot(dir: string, [path, ...others]: readonly string[]): Promise<string> {
  const full = resolve(dir, path ?? '.');
  if (others.length > 0 || !relative(dir, full).startsWith('..')) return dir;
  const found = await stat(full).catch(() => null);
  if (!found?.isDirectory()) return dir;
  const top = await findWorkTree(full).catch(() => full);
  // Git follows links.
  return relative(top, full).startsWith('..') ? full : top;
}

async function readSettingsAtHead(dir: string): Promise<{ settings: Settings; prefix: string; anyTop: boolean }> {
  const top = await findWorkTree(dir).catch(() => null);
  const head = top === null ? null : await resolveCommit(top, 'HEAD').catch(() => null);
  if (top === null || head === null)
    return { settings: parseSettings(null, CONFIG_PATH, ''), prefix: '', anyTop: top === null };
  const snapshot = createGitRepository({ dir: top, env: {}, sides: { base: head, head } });
  const content = (await snapshot.readBase([CONFIG_PATH])).get(CONFIG_PATH);
  const text = content?.kind === 'text' ? maskText(content.text) : null;
  return {
    settings: parseSettings(text, CONFIG_PATH, `of the last commit, ${head.slice(0, 7)}`),
    prefix: relative(top, dir).replaceAll(sep, '/'),
    anyTop: false,
  };
}
