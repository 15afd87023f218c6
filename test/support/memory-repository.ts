import type { Content } from '../../src/change/change.ts';
import type { Repository, Side } from '../../src/change/repository.ts';
import { openSearch } from '../../src/change/search-files.ts';

/** A repository of plain texts, by the port's own search. */
export function createMemoryRepository(sides: Readonly<Record<Side, Readonly<Record<string, string>>>>): Repository {
  const read = (side: Side, paths: readonly string[]): Map<string, Content> =>
    new Map(
      paths.map((path) => {
        const text = Object.hasOwn(sides[side], path) ? sides[side][path] : undefined;
        return [path, text === undefined ? { kind: 'absent' } : { kind: 'text', text }];
      }),
    );
  return {
    near: true,
    readHead: async (paths) => read('head', paths),
    readBase: async (paths) => read('base', paths),
    listFiles: async (side) => ({ paths: Object.keys(sides[side]), complete: true }),
    search: async (side, query) => {
      const open = openSearch(query);
      for (const { path } of open.choose(Object.keys(sides[side]).map((path) => ({ path }))))
        if (!open.look(path, Buffer.from(sides[side][path] ?? ''))) break;
      return open.end([]);
    },
  };
}
