import { expect, it } from 'vitest';
import { readHome } from '../../src/flows/program/read-home.ts';
import { isLost } from '../../src/flows/uses/lost-result.ts';
import type { Home } from '../../src/flows/values/value.ts';
import type { Span } from '../../src/languages/form.ts';

const COUNT = 2000;
const release = { by: 'Close', when: 'sometimes' } as const;

async function read(line: (at: number) => string): Promise<{ home: Home; opens: Span[]; asked: () => number }> {
  const lines = Array.from({ length: COUNT }, (_, at) => line(at));
  const text = `package a\nfunc f() error {\n${lines.join('\n')}\n\treturn nil\n}\n`;
  const home = await readHome('a.go', text);
  if (!home) throw new Error('it is Go');
  let count = 0;
  for (const { body } of home.module.functions)
    for (const one of body) {
      const { kind } = one;
      Object.defineProperty(one, 'kind', {
        enumerable: true,
        get: () => {
          count += 1;
          return kind;
        },
      });
    }
  const opens = [...text.matchAll(/open\(\d+\)/g)].map(({ 0: { length }, index }): Span => [index, index + length]);
  return { home, opens, asked: () => count };
}

it.each([
  ['each into a name of its own', (at: number) => `\tf${at}, err := open(${at})\n\tdefer f${at}.Close()`, 0],
  ['all into one name', (at: number) => `\tf, err = open(${at})\n\tdefer f.Close()`, 0],
  [
    'with ways out before the end',
    (at: number) =>
      `\tf${at}, err := open(${at})\n\tif at > ${at} { return err }\n\tif x { return nil }\n\tf${at}.Close()`,
    COUNT,
  ],
])(
  'asks of thousands of results who lets go of them, without looking through the function for each: %s',
  async (_, line, lost) => {
    const { home, opens, asked } = await read(line);
    expect(opens.filter((span) => isLost(home, span, release))).toHaveLength(lost);
    expect(asked()).toBeLessThan(COUNT * 100);
  },
);
