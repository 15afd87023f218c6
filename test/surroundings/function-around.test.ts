import { describe, expect, it } from 'vitest';
import { functionsAround } from '../../src/surroundings/function-around.ts';

const namesAround = (text: string): (string | null)[] => {
  const lines = text.split('\n');
  const index = lines.findIndex((one) => one.includes('HERE'));
  return [...functionsAround(lines, index, 200)].map(({ name }) => name);
};

describe('the functions around a line of a text', () => {
  it.each([
    ['a function of Go', 'func (s *Store) Make(n int) string {\n\treturn HERE\n}', ['Make']],
    ['a method of Python', 'class A:\n    def make(self):\n        return HERE', ['make']],
    [
      'a method of TypeScript',
      'class A {\n  async make(n: number): Promise<string> {\n    return HERE;\n  }\n}',
      ['make'],
    ],
    ['one on the line itself', 'export const make = () => HERE;', ['make']],
    ['one without a name', 'function make() {\n  list.map((one) => {\n    HERE;\n  });\n}', [null, 'make']],
    ['none that has ended before', 'func other() {\n\tx := 1\n}\n\nvar x = HERE', []],
    ['none of a condition', 'function make() {\n  if (ready(x)) {\n    HERE;\n  }\n}', ['make']],
  ])('%s', (_, text, names) => {
    expect(namesAround(text)).toEqual(names);
  });
});
