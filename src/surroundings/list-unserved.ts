import { isSampleFolder, isToolFolder } from '../change/beside.ts';
import { isTest } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { isComment } from '../text/is-comment.ts';
import { dirOf, joinPath, nameOf } from '../text/paths.ts';
import type { FindReaders } from './find-readers.ts';
import { namesFile, READER_GLOBS } from './names-file.ts';

/** They tell people and linters of a file, or are what developers call: the service does not start it by these. */
const ABOUT =
  /\.(?:md|mdx|rst|adoc)$|(?:^|\/)(?:Makefile|\.pre-commit-config\.ya?ml|CODEOWNERS|[\w.-]*lock(?:\.json|\.ya?ml)?|tsconfig[\w.-]*\.json|biome\.json|\.?eslint[\w.-]*|pyproject\.toml|setup\.cfg)$/;
const PIPELINE = /^\.(?:github|circleci|gitlab|buildkite|woodpecker)\/|(?:^|\/)\.(?:gitlab-ci|travis|drone)\.ya?ml$/;
/** A pipeline that makes an image of it, to be given out. */
const MAKES_IMAGE = /(?:context|file|dockerfile)["']?\s*:|\b(?:docker|buildx|buildah|podman|kaniko)\b/i;
/** A service is built before it is started. */
const FROM_SOURCES = /\bgo run\b/;
/** Of the scripts that a manifest names, those that the service is started with. */
const STARTS =
  /"(?:(?:pre|post)?(?![\w:-]*(?:demo|docs))(?:start|serve|prod|worker|cron|deploy|install)[\w:-]*|main|bin|exports|module)"\s*:|"\.\/?[\w/-]*"\s*:/;

/** A tool that a tool uses, and so on: no further than this. */
const MOST_STEPS = 3;

/**
 * Of these files, which lie among tools, those that nothing of the service names: no code imports them, no image, unit or manifest
 * starts them. What is about them (documents, linters, tests, a pipeline that checks them) does not count, nor does another tool
 * of which the same is true.
 */
export async function listUnserved(
  paths: readonly string[],
  find: FindReaders,
  steps: number = MOST_STEPS,
): Promise<Set<string>> {
  const found = await find([...new Set(paths.flatMap(listNames))], READER_GLOBS);
  if (!found) return new Set();
  const readers = [...found].filter(
    ([reader]) => !isTest(reader) && !ABOUT.test(reader) && !(isSampleFolder(reader) && reader.endsWith('.go')),
  );
  const usersOf = new Map(
    paths.map((path) => [path, readers.filter(([reader, text]) => uses(reader, text, path)).map(([reader]) => reader)]),
  );
  const left = [...usersOf].filter(([, users]) => users.every((user) => isScript(user) && isToolFolder(user)));
  const own = new Set(left.map(([path]) => path));
  const others = [...new Set(left.flatMap(([, users]) => users))].filter((user) => !own.has(user));
  const aside = others.length > 0 && steps > 0 ? await listUnserved(others, find, steps - 1) : new Set<string>();
  // One that is served takes those with it that it uses.
  for (let size = -1; size !== own.size; ) {
    size = own.size;
    for (const [path, users] of left) if (users.some((user) => !own.has(user) && !aside.has(user))) own.delete(path);
  }
  return own;
}

function isScript(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|py|go)$/.test(path);
}

/** A file by its name and its stem, an image by the folder in which it is built, a program of Go by its folder. */
function listNames(path: string): string[] {
  return isBuilt(path) ? [dirOf(path)] : [nameOf(path), stemOf(path)];
}

function uses(reader: string, text: string, path: string): boolean {
  if (reader === path || (isBuilt(path) && reader.startsWith(`${dirOf(path)}/`))) return false;
  const isManifest = nameOf(reader) === 'package.json';
  const isPipeline = PIPELINE.test(reader);
  if (isPipeline && !isImage(path)) return false;
  const isProgram = path.endsWith('.go');
  const said = SCRIPT.test(reader) && SCRIPT.test(path) ? withoutOthers(reader, text, path) : text;
  const lines = isManifest || isPipeline || isProgram ? said.split('\n') : [said];
  return lines.some(
    (line) =>
      namesIt(line, path) &&
      // What is only said of it starts nothing.
      !(isProgram && isComment(line)) &&
      (!isManifest || STARTS.test(line)) &&
      (!isPipeline || MAKES_IMAGE.test(line)) &&
      !(isProgram && FROM_SOURCES.test(line)),
  );
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
const IMPORTED = /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]{1,300})\1/g;

/** Without the imports that lead from this reader to another file, which may have the same name. */
function withoutOthers(reader: string, text: string, path: string): string {
  const bare = (one: string): string => one.replace(SCRIPT, '').replace(/\/index$/, '');
  return text.replace(IMPORTED, (whole, _, to: string) =>
    bare(joinPath(dirOf(reader), to)) === bare(path) ? whole : '',
  );
}

function namesIt(text: string, path: string): boolean {
  return isBuilt(path) ? text.includes(dirOf(path)) : namesFile(text, path) || imports(text, path);
}

/** `from scripts.load import …`, `import load`, `'./load'`: a script is imported by a path, and a word alone is any text. */
function imports(text: string, path: string): boolean {
  const name = escapeRegExp(stemOf(path));
  const before = SCRIPT.test(path) ? '/' : '[\'"`/]';
  return new RegExp(
    `(?:^|\\n)[ \\t]{0,80}(?:from|import)[ \\t][^\\n]{0,200}(?<![\\w-])${name}(?![\\w-])|${before}${name}(?:\\.[cm]?[jt]s)?['"\`]`,
  ).test(text);
}

function isBuilt(path: string): boolean {
  return isImage(path) || path.endsWith('.go');
}

function isImage(path: string): boolean {
  return /dockerfile|containerfile/i.test(nameOf(path));
}

function stemOf(path: string): string {
  return nameOf(path).replace(/\.\w+$/, '');
}
