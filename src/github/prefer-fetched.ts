import type { Repository } from '../change/repository.ts';
import { AppError } from '../errors.ts';

/**
 * A repository that is fetched by git the first time that something is searched for or listed, and read through GitHub's API
 * before that, and where fetching or reading fails. One that failed is not tried again.
 */
export function preferFetched(api: Repository, open: () => Promise<Repository>): Repository {
  let opening: Promise<Repository | null> | undefined;
  let usable: Repository | null = null;
  let reason = '';
  const fail = (error: unknown): null => {
    if (!(error instanceof AppError)) throw error;
    usable = null;
    opening = Promise.resolve(null);
    reason = error.message;
    return null;
  };
  const fetch = (): Promise<Repository | null> =>
    (opening ??= open()
      .then((opened) => (usable = opened))
      .catch(fail));
  const tryFetched = async <T>(fetched: Repository | null, work: (from: Repository) => Promise<T>): Promise<T> => {
    const done = fetched && (await work(fetched).then((value) => ({ value }), fail));
    return done ? done.value : await work(api);
  };
  return {
    get near() {
      return usable?.near ?? false;
    },
    readHead: (paths) => tryFetched(usable, (from) => from.readHead(paths)),
    readBase: (paths) => tryFetched(usable, (from) => from.readBase(paths)),
    listFiles: async (side) => tryFetched(await fetch(), (from) => from.listFiles(side)),
    search: async (side, query) => {
      const found = await tryFetched(await fetch(), (from) => from.search(side, query));
      return found.missing === null || reason === ''
        ? found
        : { ...found, missing: `${found.missing} (the repository was not fetched: ${reason})` };
    },
  };
}
