import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffLines } from 'diff';
import { describe, expect, it } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { makeTempDir } from '../support/temp.ts';
import { type CasePlace, type EvalCase, makeCaseRepository, readCases } from './read-cases.ts';

const cases = readCases();
const flawed = cases.filter((one) => !one.clean);

function readTree(dir: string): Map<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(dir.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

type Trees = Record<'base' | 'head', Map<string, string>>;

const treesOf = (one: EvalCase): Trees => ({
  base: readTree(join(one.dir, 'base')),
  head: readTree(join(one.dir, 'head')),
});

const placesOf = (one: EvalCase): CasePlace[] =>
  one.clean ? one.tempting.map(({ at }) => at) : [one.flaw.at, ...one.flaw.also];

/** The numbers of the lines that the change adds (of the head) or removes (of the base). */
function changedLines({ base, head }: Trees, { path, side }: Pick<CasePlace, 'path' | 'side'>): Set<number> {
  const changed = new Set<number>();
  let line = 1;
  for (const part of diffLines(base.get(path) ?? '', head.get(path) ?? '')) {
    if (side === 'LEFT' ? part.added : part.removed) continue;
    if (part.added || part.removed) for (let i = 0; i < part.count; i++) changed.add(line + i);
    line += part.count;
  }
  return changed;
}

describe.each(cases)('the case $name', (one) => {
  const trees = treesOf(one);
  const { base, head } = trees;

  it('changes 30 to 800 lines of a tree that is large enough', () => {
    const paths = [...new Set([...base.keys(), ...head.keys()])];
    const count = (side: CasePlace['side']): number =>
      paths.reduce((sum, path) => sum + changedLines(trees, { path, side }).size, 0);
    const changed = count('LEFT') + count('RIGHT');
    expect(changed).toBeGreaterThanOrEqual(30);
    expect(changed).toBeLessThanOrEqual(800);
    expect(base.size).toBeGreaterThanOrEqual(8);
    expect(base.size).toBeLessThanOrEqual(40);
  });

  it('says the lines that it means, and the change touches them', () => {
    for (const at of placesOf(one)) {
      const text = (at.side === 'LEFT' ? base : head).get(at.path) ?? '';
      const [from, to] = at.lines;
      expect(text.split('\n').slice(from - 1, to)).toEqual(at.text.split('\n'));
      const changed = changedLines(trees, at);
      expect(Array.from({ length: to - from + 1 }, (_, i) => changed.has(from + i))).not.toContain(false);
      if (at.side === 'LEFT') expect(head.get(at.path) ?? '').not.toContain(at.text);
    }
  });

  it('has the files that are needed to be sure', () => {
    const needed = one.clean ? one.tempting.flatMap(({ needs }) => needs) : one.flaw.needs;
    expect(needed.filter((path) => !head.has(path))).toEqual([]);
    if (!one.clean) expect(needed.filter((path) => base.get(path) !== head.get(path))).toEqual([]);
  });
});

describe('the set', () => {
  it('has the mixture that makes its figures worth reading', () => {
    expect(flawed.length).toBeGreaterThanOrEqual(15);
    expect(cases.length - flawed.length).toBeGreaterThanOrEqual(5);
    expect(flawed.filter(({ flaw }) => flaw.needs.length > 0).length).toBeGreaterThanOrEqual(6);
    expect(flawed.filter(({ flaw }) => flaw.deletion).length).toBeGreaterThanOrEqual(4);
    expect(new Set(flawed.map(({ flaw }) => flaw.class)).size).toBe(flawed.length);
    expect(new Set(cases.map(({ language }) => language)).size).toBe(3);
  });

  it('becomes a repository of two commits, with the trees of the case', async () => {
    const one = cases.find((each) => existsSync(join(each.dir, 'base/migrations')));
    if (!one) throw new Error('no case has migrations');
    const dir = makeTempDir();
    const { base, head } = await makeCaseRepository(dir, one);
    const list = async (commit: string) =>
      (await runGit(dir, ['ls-tree', '-r', '--name-only', commit])).toString('utf8').trim().split('\n').sort();
    const trees = treesOf(one);
    expect(await list(base)).toEqual([...trees.base.keys()].sort());
    expect(await list(head)).toEqual([...trees.head.keys()].sort());
    const message = (await runGit(dir, ['log', '-1', '--format=%B', head])).toString('utf8');
    expect(one.commits.filter((line) => !message.includes(line))).toEqual([]);
    expect((await runGit(dir, ['rev-parse', `${head}^`])).toString('utf8').trim()).toBe(base);
  });
});
