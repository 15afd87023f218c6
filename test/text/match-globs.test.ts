import { describe, expect, it } from 'vitest';
import { createGlobMatcher, matchesGlob } from '../../src/text/match-globs.ts';
import { startProcessorClock } from '../support/processor-time.ts';

describe('globs of a repository', () => {
  it.each([
    ['src/a.ts', 'src/*.ts', true],
    ['src/b/a.ts', 'src/*.ts', false],
    ['src/b/a.ts', 'src/**', true],
    ['src', 'src/**', true],
    ['x/gen/a.go', '*.go', true],
    ['x/gen/a.go', 'gen/', false],
    ['a.gen.ts', '*.gen.*', true],
    ['a/b/c/d/e.ts', '**/b/**/d/**/e.ts', true],
    ['a/b/x/b/c/d.ts', 'a/**/b/c/*.ts', true],
    ['a/x/b/y/c/z/d/w.ts', '**/x/**/y/**/z/**/w.ts', true],
    ['a/b', 'a/**/b/**', true],
    ['a/b', 'b', true],
    ['a/b', '/b', false],
    ['', '**', true],
  ])('%s against %s: %s', (path, glob, match) => {
    expect(matchesGlob(path, glob)).toBe(match);
  });

  it('have an end, however many there are and however they are made', () => {
    const matches = createGlobMatcher(
      Array.from({ length: 500 }, (_, at) => `${'**/a/'.repeat(30)}${'*a'.repeat(20)}${at}`),
    );
    const took = startProcessorClock();
    const answers = Array.from({ length: 100 }, (_, at) => matches(`${'a/'.repeat(2000)}${'a'.repeat(90)}${at}`));
    const ms = took();
    expect(answers.at(-1)).toBeNull();
    expect(ms).toBeLessThan(8000);
  });

  it('that are ordinary are matched for all files of the largest pull request', () => {
    const matches = createGlobMatcher(
      Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? `services/team${at}/**/*.ts` : `*.gen${at}.go`)),
    );
    const paths = Array.from(
      { length: 3000 },
      (_, at) => `services/team${at % 400}/src/routes/v${at % 7}/file${at}.ts`,
    );
    expect(paths.filter((path) => matches(path) === null)).toEqual([]);
    expect(paths.filter((path) => matches(path)).length).toBe(800);
  });
});
