import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('sandbox/demo/repository/'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));

function importsOf({ path, text }: (typeof files)[number]): { from: string; typeOnly: boolean }[] {
  const written = [
    ...text.matchAll(/^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'/gms),
    ...text.matchAll(/\bimport\(()?'([^']+)'\)/g),
    ...text.matchAll(/\bcreateRequire\(import\.meta\.url\)\(()?'([^']+)'\)/g),
  ];
  return written.map(([, type, from = '']) => ({
    from: from.startsWith('.') ? normalize(join(dirname(path), from)) : from,
    typeOnly: Boolean(type),
  }));
}

const all = files.flatMap((file) => importsOf(file).map((one) => ({ ...one, path: file.path })));
/** A folder of `src`, or a file that stands there by itself. */
const room = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : basename(path, '.ts'));
const between = all.filter((one) => one.from.endsWith('.ts') && room(one.from) !== room(one.path));

/** The rooms without effects: no clock, randomness, network, environment or file system. */
const PURE =
  'text diff secrets change findings scope ledger render plan surroundings pipeline commands context flows facts'.split(
    ' ',
  );

/** What a room may import, and of which rooms no more than types. Edges put the others together: they may import any. */
const WAYS: Record<string, { runs: string; types?: string } | 'edge'> = {
  text: { runs: '' },
  diff: { runs: '' },
  secrets: { runs: 'diff' },
  change: { runs: 'text', types: 'diff secrets' },
  findings: { runs: 'change diff text' },
  languages: { runs: 'text' },
  flows: { runs: 'findings languages text' },
  facts: { runs: 'flows languages text', types: 'findings' },
  config: { runs: 'change errors findings yaml-cost' },
  agents: { runs: 'errors yaml-cost' },
  scope: { runs: 'config findings secrets text', types: 'change' },
  ledger: { runs: 'config findings secrets text' },
  render: { runs: 'change config findings ledger scope text' },
  plan: { runs: 'config diff findings ledger render scope text', types: 'change' },
  analysis: {
    runs: 'agents built-files call-off change diff errors facts findings flows languages scope secrets text yaml-cost',
  },
  surroundings: {
    runs: 'change diff errors findings languages scope text',
    types: 'analysis',
  },
  pipeline: {
    runs: 'change config diff errors findings ledger plan render scope secrets surroundings text',
    types: 'analysis',
  },
  commands: {
    runs: 'findings ledger render text',
    types: 'agents change config pipeline',
  },
  context: { runs: 'diff languages scope secrets text', types: 'analysis change' },
  model: {
    runs: 'agents context diff errors findings gate languages ledger once pipeline render scope secrets steady-clock text',
    types: 'analysis change commands config',
  },
  github: {
    runs: 'change config diff errors gate ledger once plan secrets text',
    types: 'pipeline',
  },
  git: {
    runs: 'call-off change config diff errors gate is-inside once secrets text',
    types: 'log',
  },
  queue: { runs: 'built-files errors gate ledger pipeline scope steady-clock text', types: 'log' },
  worker: {
    runs: 'commands config errors ledger pipeline secrets text',
    types: 'agents change findings github log queue scope',
  },
  events: { runs: 'commands config secrets text', types: 'queue' },
  status: {
    runs: 'agents analysis config errors git is-loopback model secrets text',
    types: 'github queue',
  },
  server: { runs: 'errors is-loopback status', types: 'log pipeline' },
  report: { runs: 'config errors findings render scope text version', types: 'pipeline' },
  local: {
    runs: 'agents call-off config errors git pipeline render scope secrets text',
    types: 'change compose-reviewer report',
  },
  action: 'edge',
  cli: 'edge',
  mcp: 'edge',
  sandbox: 'edge',
};

const words = (text = ''): string[] => text.split(' ').filter(Boolean);

const is = (one: { path: string; from: string }, from: string, to: string): boolean =>
  room(one.path) === from && room(one.from) === to;

describe('the house', () => {
  it.each([
    { library: /^(@octokit\/(rest|request-error|core)|octokit)/, rooms: ['github'] },
    { library: /^@anthropic-ai\/|^google-auth-library/, rooms: ['model'] },
    { library: /^(pg|pg-boss|@electric-sql\/pglite)$/, rooms: ['queue'] },
    { library: /^@ast-grep\/|^@secretlint\/|^dockerfile-ast$|^graphql$|^@graphql-inspector\//, rooms: ['analysis'] },
    { library: /^gray-matter$/, rooms: ['agents'] },
    { library: /^markdown-it$/, rooms: ['text'] },
    { library: /^@vscode\/tree-sitter-wasm$/, rooms: ['languages'] },
    { library: /^@modelcontextprotocol\//, rooms: ['mcp'] },
  ])('only $rooms import $library', ({ library, rooms }) => {
    const strangers = all.filter(
      (one) =>
        !one.typeOnly && library.test(one.from) && !rooms.includes(room(one.path)) && room(one.path) !== 'sandbox',
    );
    expect(strangers.map((one) => `${one.path} imports ${one.from}`)).toEqual([]);
  });

  // The user's design card names them: none goes for a gain elsewhere.
  it.each(['probot', '@octokit/rest', '@anthropic-ai/sdk', 'gray-matter'])('is built on %s', (library) =>
    expect(all.filter(({ from, typeOnly }) => from === library && !typeOnly)).not.toEqual([]),
  );

  it('keeps the pure rooms free of effects', () => {
    const pure = files.filter(({ path }) => PURE.includes(room(path)));
    // A hash and a checksum are no effects.
    const effects = /^node:(?!crypto|zlib)|^(probot|pg|pino)$/;
    expect(
      all
        .filter((one) => pure.some((file) => file.path === one.path) && effects.test(one.from))
        .map((one) => `${one.path}: ${one.from}`),
    ).toEqual([]);
    const calls =
      /\b(Date\.now|new Date\(\)|Math\.random|process\.(env|cwd|exit)|fetch\(|setTimeout|randomUUID|randomBytes)/;
    expect(
      pure.filter((file) => calls.test(file.text.replace(/^\s*(\*|\/\/|\/\*).*$/gm, ''))).map((file) => file.path),
    ).toEqual([]);
  });

  it('has a rule for each room, and none for a room that is not there', () => {
    const folders = new Set(files.filter(({ path }) => path.includes('/')).map(({ path }) => room(path)));
    expect(Object.keys(WAYS).toSorted()).toEqual([...folders].toSorted());
  });

  it('lets each room import what its rule says, and of some no more than types', () => {
    const wrong = between.filter(({ path, from, typeOnly }) => {
      const way = WAYS[room(path)];
      if (way === undefined || way === 'edge') return false;
      return !words(way.runs).includes(room(from)) && !(typeOnly && words(way.types).includes(room(from)));
    });
    expect(wrong.map((one) => `${one.path} -> ${one.from}`)).toEqual([]);
  });

  it('has rules that are used: what nobody imports is not allowed', () => {
    const unused = Object.entries(WAYS).flatMap(([name, way]) =>
      way === 'edge'
        ? []
        : [
            ...words(way.runs).filter((to) => !between.some((one) => is(one, name, to) && !one.typeOnly)),
            ...words(way.types).filter((to) => !between.some((one) => is(one, name, to))),
          ].map((to) => `${name} -> ${to}`),
    );
    expect(unused).toEqual([]);
  });

  it('has one direction: no room is reached from itself, not by types either', () => {
    const next = Map.groupBy(between, (one) => room(one.path));
    const reach = (from: string, seen = new Set<string>()): Set<string> => {
      for (const to of next.get(from)?.map((one) => room(one.from)) ?? []) if (!seen.has(to)) reach(to, seen.add(to));
      return seen;
    };
    expect([...next.keys()].filter((name) => reach(name).has(name))).toEqual([]);
  });

  it('has no file that is reached from itself, not by types either', () => {
    const next = Map.groupBy(all, ({ path }) => path);
    const done = new Set<string>();
    const circleFrom = (path: string, way: readonly string[]): readonly string[] | null => {
      if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
      if (done.has(path)) return null;
      done.add(path);
      for (const { from } of next.get(path) ?? []) {
        const circle = circleFrom(from, [...way, path]);
        if (circle) return circle;
      }
      return null;
    };
    expect(files.map(({ path }) => circleFrom(path, [])).find((circle) => circle !== null)).toBeUndefined();
  });

  it('reads the environment in config/env.ts alone', () => {
    expect(
      files.filter(({ path, text }) => path !== 'config/env.ts' && /process\.env/.test(text)).map(({ path }) => path),
    ).toEqual([]);
  });

  it('has kebab-case file names, no barrels and no drawers', () => {
    const names = files.map(({ path }) => path.split('/')).flat();
    expect(names.filter((name) => !/^[a-z0-9-]+(\.ts)?$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(index|utils?|helpers?|manager|service)(\.ts)?$/.test(name))).toEqual([]);
    expect(files.filter(({ text }) => /^export default/m.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('keeps files small', () => {
    const lengths = files
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .sort((a, b) => a.lines - b.lines);
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThan(90);
    expect(lengths.filter(({ lines }) => lines > 400).map(({ path }) => path)).toEqual([]);
  });
});
