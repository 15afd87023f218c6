import { describe, expect, it } from 'vitest';
import { listBlockHeads } from '../../src/context/enclosing-blocks.ts';

const ROUTER = [
  'func mount(r chi.Router) {',
  '  r.Use(logged)',
  '  // r.Use(never)',
  '  r.Get("/", home)',
  '',
  '  r.Group(func(r chi.Router) {',
  '    r.Use(authenticated)',
  '    if isAdmin',
  '    {',
  '      r.Delete("/orders", remove)',
  '    }',
  '  })',
  '  r.Use(late)',
  '}',
];

describe('listBlockHeads', () => {
  it('gives the blocks around a line, and what stands before all that follows in them', () => {
    expect(listBlockHeads(ROUTER, 10, 1)).toEqual([9, 8, 7, 6, 2, 1]);
    expect(listBlockHeads(ROUTER, 10, 6)).toEqual([9, 8, 7, 6]);
    expect(listBlockHeads(ROUTER, 4, 1)).toEqual([2, 1]);
  });

  it('gives nothing of a block that has ended', () => {
    expect(listBlockHeads(ROUTER, 14, 1)).toEqual([]);
    expect(listBlockHeads([...ROUTER, 'func other() {', '  home()', '}'], 16, 1)).toEqual([15]);
  });
});
