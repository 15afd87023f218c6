import { describe, expect, it } from 'vitest';
import type { Query, Repository } from '../../src/change/repository.ts';
import { AppError } from '../../src/errors.ts';
import { preferFetched } from '../../src/github/prefer-fetched.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';

const QUERY: Query = { texts: ['word'], whole: false, most: 9, mostOfFile: 9 };
const make = (path: string, missing: string | null = null): Repository => {
  const repository = createMemoryRepository({ head: { [path]: 'word\n' }, base: {} });
  return { ...repository, search: async (side, query) => ({ ...(await repository.search(side, query)), missing }) };
};
const where = async (repository: Repository) => (await repository.search('head', QUERY)).hits.map(({ path }) => path);

describe('a repository that is fetched', () => {
  it('is fetched when something is searched for, and read from there afterwards', async () => {
    let opened = 0;
    const repository = preferFetched(make('api'), async () => {
      opened += 1;
      return make('git');
    });
    expect((await repository.readHead(['api'])).get('api')?.kind).toBe('text');
    expect(opened).toBe(0);
    expect(await Promise.all([where(repository), where(repository)])).toEqual([['git'], ['git']]);
    expect(opened).toBe(1);
    expect((await repository.readHead(['git'])).get('git')?.kind).toBe('text');
    expect((await repository.listFiles('head')).paths).toEqual(['git']);
  });

  it('is read through the API where it is not fetched, and what is missing then is said with its reason', async () => {
    let tried = 0;
    const repository = preferFetched(make('api', 'of 900 files 200 were searched'), async () => {
      tried += 1;
      throw new AppError('GIT_FAILED', 'it is larger than 1000 MB');
    });
    expect(await repository.search('head', QUERY)).toEqual({
      hits: [{ path: 'api', line: 1, texts: [0] }],
      missing: 'of 900 files 200 were searched (the repository was not fetched: it is larger than 1000 MB)',
    });
    await where(repository);
    expect(tried).toBe(1);
  });

  it('is read through the API from the moment that what was fetched fails', async () => {
    const broken = async () => {
      throw new AppError('GIT_FAILED', 'inflate: data stream error');
    };
    const repository = preferFetched(make('api'), async () => ({ ...make('git'), readHead: broken, search: broken }));
    expect((await repository.listFiles('head')).paths).toEqual(['git']);
    expect((await repository.readHead(['api'])).get('api')?.kind).toBe('text');
    expect(await where(repository)).toEqual(['api']);
    expect((await repository.listFiles('head')).paths).toEqual(['api']);
  });

  it('hides no fault of ours', async () => {
    const repository = preferFetched(make('api'), async () => {
      throw new TypeError('ours');
    });
    await expect(where(repository)).rejects.toThrow('ours');
  });
});
