import type { Repository, Side } from '../review/repository.ts';

const CODE = [
  '**/*.ts',
  '**/*.tsx',
  '**/*.mts',
  '**/*.cts',
  '**/*.js',
  '**/*.jsx',
  '**/*.mjs',
  '**/*.cjs',
  '**/*.py',
  '**/*.go',
];
const MOST_TEXTS = 100;
const MOST_HITS = 4000;
const MOST_OF_FILE = 40;

export interface Hit {
  path: string;
  line: number;
}

/** Looks for words in the whole repository: where each of them stands, in the order of the tree. */
export function createSearch(repository: Repository, left: string[]) {
  return async (
    texts: readonly string[],
    options: { globs?: readonly string[]; side?: Side } = {},
  ): Promise<Map<string, Hit[]>> => {
    const wanted = [...new Set(texts)].slice(0, MOST_TEXTS);
    const hits = new Map<string, Hit[]>(wanted.map((text) => [text, []]));
    if (wanted.length === 0) return hits;
    const found = await repository.search(options.side ?? 'head', {
      texts: wanted,
      whole: true,
      globs: options.globs ?? CODE,
      most: MOST_HITS,
      mostOfFile: MOST_OF_FILE,
    });
    if (found.missing !== null) left.push(`Not searched: ${found.missing}`);
    for (const { path, line, texts: which } of found.hits)
      for (const at of which) hits.get(wanted[at] ?? '')?.push({ path, line });
    return hits;
  };
}
