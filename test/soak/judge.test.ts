import { describe, expect, it } from 'vitest';
import { judgeMemory } from './judge.ts';

describe('memory', () => {
  const at = (rss: number) => ({ rss, heap: 50, children: 0 });
  it('that goes up and up is told', () => {
    expect(judgeMemory([300, 400, 500, 600, 700, 800, 900, 1000, 1100].map(at))).toEqual([
      'rss grew from 600 to 1100 MB while idle (at most 810 expected)',
    ]);
  });
  it('of JavaScript that goes up is told after four rounds, and anything else after six', () => {
    const held = (heap: number) => ({ rss: 300, heap, children: 0 });
    expect(judgeMemory([50, 60, 75, 90].map(held))).toEqual([
      'heap grew from 60 to 90 MB while idle (at most 84 expected)',
    ]);
    expect(judgeMemory([50, 62, 63, 61].map(held))).toEqual([]);
    expect(judgeMemory([300, 500, 700, 900].map(at))).toEqual([]);
  });
  it('that warms up and stays is none', () => {
    expect(judgeMemory([300, 450, 500, 520, 490, 510, 530, 500, 515].map(at))).toEqual([]);
  });
});
