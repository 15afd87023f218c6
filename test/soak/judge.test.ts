import { describe, expect, it } from 'vitest';
import { judgeMemory } from './judge.ts';

describe('memory', () => {
  const at = (rss: number) => ({ rss, heap: 50, children: 0 });
  it('that goes up and up is told', () => {
    expect(judgeMemory([300, 400, 500, 600, 700, 800, 900, 1000, 1100].map(at))).toEqual([
      'rss grew from 600 to 1100 MB while idle (at most 810 expected)',
    ]);
  });
  it('that warms up and stays is none', () => {
    expect(judgeMemory([300, 450, 500, 520, 490, 510, 530, 500, 515].map(at))).toEqual([]);
  });
});
