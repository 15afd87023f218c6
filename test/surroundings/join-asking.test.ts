import { expect, it } from 'vitest';
import { type Asking, joinAsking } from '../../src/surroundings/join-asking.ts';

const asking = (path: string, ...beside: string[]): Asking => ({
  own: new Map([[path, 'own']]),
  known: new Map(beside.map((one) => [one, 'known'])),
  wanted: [],
});

it('files that ask for the same one are one program, others each for themselves', () => {
  const all = [asking('a/x.go', 'a/db.go'), asking('b/y.go', 'b/db.go'), asking('a/z.go', 'a/db.go')];
  expect(joinAsking(all).map(({ own }) => [...own.keys()])).toEqual([['a/x.go', 'a/z.go'], ['b/y.go']]);
});

it('of twenty thousand files that all ask for one, each is in one program, near ones together', () => {
  // Whoever compares each with all others takes minutes.
  const all = Array.from({ length: 20_000 }, (_, at) => asking(`src/d${Math.floor(at / 16)}/f${at}.ts`, 'src/hub.ts'));
  const programs = joinAsking(all).map(({ own }) => [...own.keys()]);
  expect(new Set(programs.flat()).size).toBe(20_000);
  expect(programs.every((paths) => new Set(paths.map((path) => path.split('/')[1])).size === 1)).toBe(true);
});
