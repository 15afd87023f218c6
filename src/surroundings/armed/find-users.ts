import type { Repository } from '../../change/repository.ts';
import type { FileKind, SourceFile } from '../../change/source-file.ts';
import { distance, stemOf } from '../../languages/path-index.ts';
import { decideSelection } from '../../scope/select.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { dirOf, nameOf } from '../../text/paths.ts';
import { globsOf } from '../globs-of.ts';
import type { Names } from './list-changed-names.ts';

const FAMILIES: readonly (readonly FileKind[])[] = [['typescript', 'javascript'], ['python'], ['go']];
/** Files of the change whose callers are searched for: each search goes through the whole repository. */
const MOST_SEARCHED = 16;
/** Names of one search. */
const MOST_NAMES = 100;
/** Lines with a hit, and the files that are read. */
const MOST_HITS = 500;
const MOST_READ = 40;

/** Further code that names one of these and imports the file that declares it; the nearest first. */
export async function findUsers(
  repository: Repository,
  names: Names,
  isKnown: (path: string) => boolean,
  most: number,
): Promise<SourceFile[]> {
  const users = new Map<string, SourceFile>();
  const asked = [...names].filter(([, own]) => own.size > 0);
  for (const [path, own] of asked.slice(0, MOST_SEARCHED)) {
    if (users.size >= most) break;
    for (const user of await findUsersOf(repository, path, own, isKnown))
      if (users.size < most) users.set(user.path, user);
  }
  return [...users.values()];
}

async function findUsersOf(
  repository: Repository,
  path: string,
  names: ReadonlySet<string>,
  isKnown: (path: string) => boolean,
): Promise<SourceFile[]> {
  const family = FAMILIES.findIndex((kinds) => kinds.includes(kindOf(path) ?? 'config'));
  if (family === -1) return [];
  const { hits } = await repository.search('head', {
    texts: [...names].slice(0, MOST_NAMES),
    whole: true,
    globs: globsOf(path),
    most: MOST_HITS,
    mostOfFile: 1,
  });
  const near = [...new Set(hits.map((hit) => hit.path))]
    .filter((one) => one !== path && !isKnown(one) && FAMILIES[family]?.includes(kindOf(one) ?? 'config'))
    .sort((a, b) => distance(path, a) - distance(path, b))
    .slice(0, MOST_READ);
  const imports = importsOf(path);
  return [...(await repository.readHead(near))].flatMap(([user, content]): SourceFile[] => {
    const kind = kindOf(user);
    if (content.kind !== 'text' || !kind || !imports(user, content.text)) return [];
    return [{ path: user, kind, text: content.text, hunks: null, onlyFlows: true }];
  });
}

/** Null: no code that runs in the service. */
function kindOf(path: string): FileKind | null {
  const selection = decideSelection(path);
  return 'kind' in selection && selection.kind !== 'test' ? selection.kind : null;
}

/** Whether a file may import this one, or what hands it on, by how imports are written. A file too many costs a look; it is not believed. */
function importsOf(path: string): (user: string, text: string) => boolean {
  const dir = dirOf(path);
  const stem = stemOf(path);
  const folder = escapeRegExp(nameOf(dir));
  if (path.endsWith('.go')) {
    const imported = new RegExp(`"(?:[^"\\n]*/)?${folder}(?:/v\\d+)?"`);
    return (user, text) => dirOf(user) === dir || (folder !== '' && imported.test(text));
  }
  const names = [...new Set([escapeRegExp(stem), folder])].filter((name) => name !== '').join('|');
  const imported = path.endsWith('.py')
    ? new RegExp(`^[ \\t]*(?:from|import)\\b[^\\n]*\\b(?:${names})\\b|^[ \\t]*from[ \\t]+\\.+[ \\t]+import\\b`, 'm')
    : new RegExp(`['"](?:[^'"\\n]*/)?(?:${names})(?:\\.[cm]?[jt]sx?)?/?['"]|['"]\\.{1,2}/?(?:index(?:\\.js)?)?['"]`);
  return (_, text) => imported.test(text);
}
