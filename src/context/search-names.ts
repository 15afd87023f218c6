import type { Repository } from '../change/repository.ts';

/** Files in which a name of a file of this language may stand. */
const LANGUAGES: readonly { of: RegExp; globs: readonly string[] }[] = [
  {
    of: /\.[cm]?[jt]sx?$/,
    globs: ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'].map((ending) => `**/*.${ending}`),
  },
  { of: /\.py$/, globs: ['**/*.py'] },
  { of: /\.go$/, globs: ['**/*.go'] },
];
/** Where tables are made. */
export const SCHEMAS: readonly string[] = [
  '**/*.sql',
  '**/*.prisma',
  '**/*migrat*/**',
  '**/alembic/**',
  '**/*model*/**',
  '**/*model*',
  '**/*schema*/**',
  '**/*schema*',
  '**/*entit*/**',
  '**/*entity*',
];
const MOST_TEXTS = 100;
const MOST_HITS = 4000;
const MOST_OF_FILE = 40;

/** Where each text stands. */
export type Hits = ReadonlyMap<string, readonly Hit[]>;

interface Hit {
  path: string;
  line: number;
}

/** Files of the languages of these files. */
export function listLanguages(paths: readonly string[]): string[] {
  return LANGUAGES.filter(({ of }) => paths.some((path) => of.test(path))).flatMap(({ globs }) => globs);
}

export const ALL_LANGUAGES: readonly string[] = LANGUAGES.flatMap(({ globs }) => globs);

/** Looks for words in the whole repository: where each of them stands, in the order of the tree. */
export async function searchNames(
  repository: Repository,
  texts: readonly string[],
  globs: readonly string[],
  left: string[],
): Promise<Hits> {
  const wanted = [...new Set(texts)].slice(0, MOST_TEXTS);
  const hits = new Map<string, Hit[]>(wanted.map((text) => [text, []]));
  if (wanted.length === 0 || globs.length === 0) return hits;
  const query = { texts: wanted, whole: true, globs, most: MOST_HITS, mostOfFile: MOST_OF_FILE };
  const found = await repository.search('head', query);
  if (found.missing !== null) left.push(`Definitions and callers may be missing: ${found.missing}.`);
  for (const { path, line, texts: which } of found.hits)
    for (const at of which) hits.get(wanted[at] ?? '')?.push({ path, line });
  return hits;
}
