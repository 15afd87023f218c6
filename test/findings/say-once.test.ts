import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { Content, Snapshot } from '../../src/change/change.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { groupPlaces } from '../../src/findings/merge.ts';
import { sayOnce } from '../../src/findings/say-once.ts';
import { analyseChange } from '../../src/pipeline/review-change.ts';
import { renderAlsoAt } from '../../src/render/render-also-at.ts';
import { toPublicFinding } from '../../src/report/report.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { finding } from '../support/finding.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));
const analysis: Analysis = {
  compare: async () => [],
  outline: async () => [],
  analyse: (files) => Promise.all(files.map((file) => analyseFile(analysers, file))),
};
const FETCH = 'export const load = async (id: number) => await fetch(`https://api.acme.io/${id}`);\n';
const OFF = "import https from 'node:https';\nexport const agent = new https.Agent({ rejectUnauthorized: false });\n";
const SERVER = JSON.stringify({ dependencies: { express: '^5.0.0' } });

async function look(texts: Record<string, string>, whole = true) {
  const read: Snapshot['readHead'] = async (paths) =>
    new Map(
      paths.map((path): [string, Content] => {
        const text = texts[path];
        return [path, text === undefined ? { kind: 'absent' } : { kind: 'text', text }];
      }),
    );
  const files = Object.keys(texts).map((path) => ({
    path,
    previousPath: null,
    status: 'added' as const,
    hunks: null,
    binary: false,
    blob: null,
  }));
  const change = { title: maskText(''), description: maskText(''), base: null, head: null, unlisted: 0, files };
  const { findings } = await analyseChange(
    change,
    { readHead: read, readBase: async () => new Map(files.map(({ path }) => [path, { kind: 'absent' }])) },
    { ...analysis, compare: async (pairs) => pairs.map(() => ({ hunks: [] })) },
    { whole },
  );
  return findings.filter(({ listedBy }) => listedBy === undefined);
}

it.each([
  ['a scan suspects', true, 'low'],
  ['a change is told', false, 'high'],
])('a credential of the project itself: %s', async (_, whole, confidence) => {
  const [found] = await look({ 'app/settings.py': 'DATABASE_PASSWORD = "q9VtR2mXw7Lp"\n' }, whole);
  expect(found).toMatchObject({ ruleId: 'secret-in-source', confidence });
});

const GET = 'import requests\n\n\ndef load(url):\n    return requests.get(url)\n';

describe('one cause of a package', () => {
  it('is said at its worst place', () => {
    const places = [
      finding({ path: 'src/a.ts', confidence: 'low', once: 'package' }),
      finding({ path: 'src/b.ts', severity: 'medium', once: 'package' }),
      finding({ path: 'src/c.ts', severity: 'high', once: 'package', trace: [] }),
      finding({ path: 'src/d.ts', severity: 'high', once: 'package', trace: [{ line: 1, text: 'req.query' }] }),
    ].map((one) => ({ ...one, ruleId: 'one', title: 'One' }));
    const said = sayOnce(places, ['package.json']).filter(({ listedBy }) => listedBy === undefined);
    expect(said.map(({ path, alsoAt }) => [path, alsoAt.map((one) => one.path)])).toEqual([
      ['src/d.ts', ['src/a.ts', 'src/b.ts', 'src/c.ts']],
    ]);
  });

  it('is said at the worst place of a file', () => {
    const places = [1, 2, 3].map((startLine) =>
      finding({ startLine, fingerprint: String(startLine), severity: startLine === 2 ? 'high' : 'medium' }),
    );
    const [said] = groupPlaces(places);
    expect([said?.startLine, said?.alsoAt.map(({ line }) => line)]).toEqual([2, [1, 3]]);
  });

  it('is said where the service itself waits, not at its command line', async () => {
    const texts = ['app/cli.py', 'app/client.py', 'app/management/commands/fetch.py'].map((path) => [path, GET]);
    const found = await look({ 'pyproject.toml': '', ...Object.fromEntries(texts) });
    const slow = found.filter(({ ruleId }) => ruleId === 'missing-request-timeout');
    expect(slow.map(({ path, alsoAt }) => [path, alsoAt.map((one) => one.path)])).toEqual([
      ['app/client.py', ['app/cli.py', 'app/management/commands/fetch.py']],
    ]);
  });

  it('is said once by a scan, with every other place', async () => {
    const found = await look({
      'package.json': SERVER,
      'src/a.ts': FETCH + FETCH.replace('load', 'again'),
      'src/b.ts': FETCH,
      'shop/package.json': SERVER,
      'shop/c.ts': FETCH,
    });
    expect(found.map(({ path, alsoAt }) => [path, alsoAt.map((one) => `${one.path}:${one.line}`)])).toEqual([
      ['src/a.ts', ['shop/c.ts:1', 'src/a.ts:2', 'src/b.ts:1']],
    ]);
    expect(found.map(toPublicFinding)).toMatchObject([
      {
        alsoAt: [
          { path: 'shop/c.ts', startLine: 1, endLine: 1 },
          { path: 'src/a.ts', startLine: 2, endLine: 2 },
          { path: 'src/b.ts', startLine: 1, endLine: 1 },
        ],
      },
    ]);
  });

  it('is said of each project, where none holds the other, and of each language', async () => {
    const found = await look({
      'package.json': SERVER,
      'a.ts': FETCH,
      'jobs/requirements.txt': 'requests',
      'jobs/b.py': 'import requests\ndef load(url):\n    return requests.get(url)\n',
    });
    expect(
      found
        .filter(({ ruleId }) => ruleId === 'missing-request-timeout')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['a.ts', 'jobs/b.py']);
    const apart = await look({ 'a/package.json': SERVER, 'a/a.ts': FETCH, 'b/package.json': SERVER, 'b/b.ts': FETCH });
    expect(apart.map(({ path }) => path)).toEqual(['a/a.ts', 'b/b.ts']);
  });

  it('is said where the service itself has it, if it has', async () => {
    const manifest = { 'package.json': SERVER };
    const found = await look({
      ...manifest,
      'client/a.ts': FETCH,
      'scripts/b.ts': FETCH,
      'src/c.ts': `import '../scripts/b';\n${FETCH}`,
    });
    expect(found.map(({ path, alsoAt }) => [path, alsoAt.map((one) => one.path)])).toEqual([
      ['src/c.ts', ['client/a.ts', 'scripts/b.ts']],
    ]);
    const only = await look({ ...manifest, 'scripts/b.ts': FETCH });
    expect(only.map(({ path }) => path)).toEqual(['scripts/b.ts']);
  });

  it.each([
    ['internal/metrics/server.go', 'internal/web/server.go', 'internal/web/server.go'],
    ['internal/debug/pprof.go', 'internal/server/http.go', 'internal/server/http.go'],
    ['internal/metrics/a.go', 'internal/metrics/b.go', 'internal/metrics/a.go'],
    ['internal/api/a.go', 'internal/web/b.go', 'internal/api/a.go'],
  ])('is said at the server that others reach: %s, %s', async (a, b, said) => {
    const serve =
      'package a\n\nimport "net/http"\n\nfunc Run(h http.Handler) error { return http.ListenAndServe(":80", h) }\n';
    const found = await look({ 'go.mod': 'module example.org/a\n', [a]: serve, [b]: serve });
    const slow = found.filter(({ ruleId }) => ruleId === 'server-without-timeouts');
    expect(slow.map(({ path, alsoAt }) => [path, alsoAt.length])).toEqual([[said, 1]]);
  });

  it('is said once of all images, which lie in no package', async () => {
    const image = 'FROM node:22.1.0\nCOPY . .\nCMD ["node", "a.js"]\n';
    const found = await look({ 'a/Dockerfile': image, 'a/Dockerfile.bun': image, 'b/Dockerfile': image });
    const roots = found.filter((one) => one.ruleId === 'container-runs-as-root');
    expect(roots.map(({ path, alsoAt }) => [path, alsoAt.map((one) => one.path)])).toEqual([
      ['a/Dockerfile', ['a/Dockerfile.bun', 'b/Dockerfile']],
    ]);
  });

  it.each([
    ['files of no package', { 'a.ts': FETCH, 'b.ts': FETCH }, true],
    ['what is switched off twice', { 'package.json': SERVER, 'a.ts': OFF, 'b.ts': OFF }, true],
    ['the files of a pull request', { 'package.json': SERVER, 'a.ts': FETCH, 'b.ts': FETCH }, false],
  ])('%s are said one by one', async (_, texts, whole) => {
    const found = await look(texts, whole);
    expect(found.map(({ path, alsoAt }) => [path, alsoAt])).toEqual([
      ['a.ts', []],
      ['b.ts', []],
    ]);
  });
});

it('keeps each place for programs, listed by the first', () => {
  const at = (path: string): Finding => finding({ path, fingerprint: path, once: 'package' });
  const all = sayOnce([at('src/a.ts'), at('src/b.ts')], ['package.json']);
  expect(all.map(({ path, listedBy }) => [path, listedBy])).toEqual([
    ['src/a.ts', undefined],
    ['src/b.ts', 'src/a.ts'],
  ]);
  expect(groupPlaces(all).map(({ path, alsoAt }) => [path, alsoAt.map((one) => one.path)])).toEqual([
    ['src/a.ts', ['src/b.ts']],
  ]);
});

it.each([
  [[], ''],
  [[{ line: 3 }], 'Also at line 3.'],
  [[{ line: 3 }, { line: 9 }, { line: 4, path: 'src/b.ts' }], 'Also at lines 3, 9; <src/b.ts>:4.'],
  [
    Array.from({ length: 12 }, (_, at) => ({ line: at + 3 })),
    'Also at lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12; and 2 more.',
  ],
])('places are listed: %j', (places, said) => {
  const alsoAt = places.map((one) => ({ ...one, fingerprint: '0'.repeat(20) }));
  expect(renderAlsoAt(finding({ alsoAt }), (path) => `<${path}>`)).toBe(said);
});

describe('a line with a mark for another tool', () => {
  const texts = (mark: string) => ({
    'src/a.py': `import pickle\ndef load(file):\n    return pickle.load(file)${mark}\n`,
  });

  it('is told all the same', async () => {
    expect(await look(texts('  # noqa: S301'))).toHaveLength(1);
    expect(await look(texts(''))).toHaveLength(1);
  });
});
