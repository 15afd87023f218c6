import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('sandbox/demo/repository/'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));

function importsOf({ path, text }: (typeof files)[number]): { from: string; typeOnly: boolean }[] {
  return [...text.matchAll(/^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'/gms)].map(([, type, from = '']) => ({
    from: from.startsWith('.') ? normalize(join(dirname(path), from)) : from,
    typeOnly: type !== undefined,
  }));
}

const all = files.flatMap((file) => importsOf(file).map((one) => ({ ...one, path: file.path })));
const room = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : basename(path, '.ts'));

describe('the house', () => {
  it.each([
    { library: /^(@octokit\/(rest|request-error|core)|octokit)/, rooms: ['github'] },
    { library: /^@anthropic-ai\/|^google-auth-library/, rooms: ['model'] },
    { library: /^(pg|pg-boss|@electric-sql\/pglite)$/, rooms: ['queue', 'worker'] },
    { library: /^@ast-grep\/|^@secretlint\/|^dockerfile-ast$/, rooms: ['analysis'] },
    { library: /^gray-matter$/, rooms: ['agents'] },
    { library: /^@vscode\/tree-sitter-wasm$/, rooms: ['languages'] },
    { library: /^@modelcontextprotocol\//, rooms: ['mcp'] },
  ])('only $rooms import $library', ({ library, rooms }) => {
    const strangers = all.filter(
      (one) =>
        !one.typeOnly && library.test(one.from) && !rooms.includes(room(one.path)) && room(one.path) !== 'sandbox',
    );
    expect(strangers.map((one) => `${one.path} imports ${one.from}`)).toEqual([]);
  });

  it('keeps the pure rooms free of effects', () => {
    const pure = files.filter(({ path }) => ['review', 'diff', 'commands', 'context', 'secrets'].includes(room(path)));
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

  it('wires the rooms in compose.ts alone: no room imports what another one does', () => {
    const ways: Record<string, string[]> = {
      diff: [],
      secrets: ['diff'],
      languages: ['review'],
      flows: ['languages', 'review'],
      review: ['diff', 'analysis', 'config', 'errors', 'github', 'languages', 'secrets'],
      commands: ['agents', 'config', 'github', 'review'],
      analysis: ['agents', 'call-off', 'diff', 'errors', 'flows', 'languages', 'review', 'secrets'],
      context: ['analysis', 'diff', 'languages', 'review', 'secrets'],
      model: [
        'agents',
        'analysis',
        'commands',
        'config',
        'context',
        'diff',
        'errors',
        'languages',
        'review',
        'secrets',
        'steady-clock',
      ],
      github: ['config', 'diff', 'errors', 'review', 'secrets'],
      queue: ['errors', 'log', 'review', 'steady-clock'],
      agents: ['errors', 'yaml-cost'],
      config: ['errors', 'review', 'yaml-cost'],
    };
    const wrong = all.filter(
      (one) =>
        one.from.endsWith('.ts') &&
        ways[room(one.path)] &&
        room(one.from) !== room(one.path) &&
        !ways[room(one.path)]?.includes(room(one.from)),
    );
    expect(wrong.map((one) => `${one.path} -> ${one.from}`)).toEqual([]);
    const runtime = all.filter(
      (one) => !one.typeOnly && room(one.path) === 'review' && ['github', 'analysis'].includes(room(one.from)),
    );
    expect(runtime.map((one) => `${one.path} -> ${one.from}`)).toEqual([]);
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
