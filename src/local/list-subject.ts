import { posix, relative, sep } from 'node:path';
import { CONFIG_PATH } from '../config/repository-config.ts';
import { createGitRepository } from '../git/create-git-repository.ts';
import { findRoot } from '../git/find-root.ts';
import { findWorkTree } from '../git/read-range.ts';
import { resolveCommit } from '../git/run-git.ts';
import { maskText } from '../secrets/mask-text.ts';
import { code } from '../text/markdown.ts';
import type { Subject } from './examine-change.ts';
import { listFiles } from './list-files.ts';
import { parseSettings, type Settings } from './read-settings.ts';

/** What a scan looks at, by the config of the repository's last commit. A file that a person names is always looked at. */
export async function listSubject(dir: string, paths: readonly string[], bounds?: string): Promise<Subject> {
  const root = await findRoot(dir, paths, bounds);
  const [listed, { settings, prefix, anyTop }] = await Promise.all([
    listFiles(root, paths, { from: dir, bounds }),
    readSettingsAtHead(root),
  ]);
  const locate = (path: string): string | null => {
    const full = posix.join(prefix, path.replaceAll(sep, '/'));
    return listed.named.has(path) || full.startsWith('../') ? null : full;
  };
  const { closed } = listed;
  const unread =
    closed.length === 0 ? [] : [`Not read, since this user may not list them: ${closed.map(code).join(', ')}.`];
  const isHere = root === dir;
  const where = isHere ? [] : [`Paths are those below ${relative(dir, root).replaceAll(sep, '/')}.`];
  const subject = {
    ...listed,
    anyTop,
    settings: { ...settings, notes: [...where, ...settings.notes, ...unread], locate },
  };
  return isHere ? subject : { ...subject, below: { root, from: dir } };
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
