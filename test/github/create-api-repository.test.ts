import { describe, expect, it } from 'vitest';
import type { Query } from '../../src/change/repository.ts';
import { createApiRepository } from '../../src/github/create-api-repository.ts';
import type { Requests } from '../../src/github/octokit.ts';

const query = (more: Partial<Query> = {}): Query => ({
  texts: ['word'],
  whole: true,
  most: 500,
  mostOfFile: 5,
  ...more,
});

/** GitHub with one tree, and a count of what it was asked. */
function makeApi(
  files: Record<string, { text?: string; size?: number; mode?: string; type?: string }>,
  truncated = false,
) {
  const asked = { trees: 0, graphql: 0, raw: 0 };
  const octokit = {
    request: async (route: string) => {
      if (route.includes('/git/blobs/')) {
        asked.raw += 1;
        return { data: { content: Buffer.from('raw word').toString('base64'), encoding: 'base64' } };
      }
      asked.trees += 1;
      const tree = Object.entries(files).map(([path, { size = 9, mode = '100644', type = 'blob' }]) => ({
        path,
        size,
        mode,
        type,
      }));
      return { data: { tree, truncated } };
    },
    graphql: async (_: string, variables: Record<string, string>) => {
      asked.graphql += 1;
      const paths = Object.keys(variables).filter((name) => /^p\d+$/.test(name));
      const trees = Object.entries(variables).filter(([, value]) => /^\w{40}:/.test(value));
      const listed = trees.map(([name, value]) => {
        const folder = `${value.slice(41)}/`;
        const inside = Object.keys(files).filter((path) => path.startsWith(folder));
        const entries = inside.map((path) => ({
          name: path.slice(folder.length),
          mode: Number.parseInt(files[path]?.mode ?? '100644', 8),
        }));
        return [name.replace('p', 't'), inside.length > 0 ? { entries } : null];
      });
      const entries = paths.map((name) => {
        const text = files[variables[name] ?? '']?.text;
        const blob = { oid: '1', byteSize: text?.length ?? 9, isBinary: text === undefined, isTruncated: false };
        return [name.replace('p', 'b'), { mode: 0o100644, object: { ...blob, text: text ?? null } }];
      });
      return { repository: { object: Object.fromEntries(entries), ...Object.fromEntries(listed) } };
    },
  } as unknown as Requests;
  return { octokit, asked };
}

const open = (octokit: Requests, changed: string[]) =>
  createApiRepository({
    octokit,
    pull: { owner: 'acme', repo: 'shop', number: 1 },
    sides: { base: async () => '1'.repeat(40), head: async () => '2'.repeat(40) },
    changed,
    limits: { requests: 2, allRequests: 3 },
  });

const many = (folder: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/f${index}.ts`, { text: 'a word\n' }]));

describe('a repository through GitHub’s API', () => {
  it('searches the files nearest to the change in few requests, and says how many it left', async () => {
    const { octokit, asked } = makeApi({
      ...many('far/away', 90),
      ...many('src/orders', 60),
      ...many('src/deep/er', 60),
    });
    const repository = open(octokit, ['src/orders/f1.ts']);
    const found = await repository.search('head', query());
    const folders = (paths: string[]) => [...new Set(paths.map((path) => path.replace(/\/[^/]*$/, '')))];
    expect(found.hits).toHaveLength(100);
    expect(folders(found.hits.map(({ path }) => path))).toEqual(['src/orders', 'src/deep/er']);
    expect(found.missing).toBe('of 210 files the 100 nearest to the change were searched, through GitHub’s API');
    expect(asked).toEqual({ trees: 1, graphql: 2, raw: 0 });
    // What was read is known; what a review may ask has an end.
    const again = await repository.search('head', query());
    expect(again.hits).toHaveLength(150);
    expect((await repository.search('head', query())).hits).toHaveLength(150);
    expect(asked.graphql).toBe(3);
    expect((await repository.search('head', query({ globs: ['far/away/f89.ts'] }))).missing).toContain(
      'of 1 files the 0 nearest',
    );
  });

  it('says that all was searched only when it was', async () => {
    const { octokit, asked } = makeApi({
      'a.ts': { text: 'word' },
      'logo.png': {},
      'link.ts': { mode: '120000' },
      lib: { type: 'commit' },
    });
    const repository = open(octokit, ['a.ts']);
    expect(await repository.search('head', query())).toEqual({
      hits: [{ path: 'a.ts', line: 1, texts: [0] }],
      missing: null,
    });
    expect(await repository.listFiles('head')).toEqual({ paths: ['a.ts', 'logo.png'], complete: true });
    // A picture costs no request of its own in a search, and is read byte for byte when it is asked for.
    expect(asked.raw).toBe(0);
    expect((await repository.readHead(['logo.png'])).get('logo.png')).toEqual({ kind: 'text', text: 'raw word' });
    const large = makeApi({ 'a.ts': { text: 'word' }, 'huge.ts': { size: 900_000 } }, true);
    const partial = open(large.octokit, ['a.ts']);
    expect((await partial.search('head', query())).missing).toBe(
      'GitHub did not list all files of the repository; one file over 512 KB',
    );
    expect((await partial.listFiles('head')).complete).toBe(false);
  });

  it('lists folders in the request that reads files', async () => {
    const { octokit, asked } = makeApi({ 'm/1.sql': { text: 'a' }, 'm/2.sql': {}, 'm/link.sql': { mode: '120000' } });
    const repository = open(octokit, ['m/1.sql']);
    const read = await repository.readHead(['m/1.sql', 'm/', 'gone/']);
    expect([...read]).toEqual([
      ['m/1.sql', { kind: 'text', text: 'a' }],
      ['m/', { kind: 'folder', names: ['1.sql', '2.sql'] }],
      ['gone/', { kind: 'absent' }],
    ]);
    expect(asked).toEqual({ trees: 0, graphql: 1, raw: 0 });
  });
});
