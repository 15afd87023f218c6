import { expect, it } from 'vitest';
import { functionAt, indexAround, listAround } from '../../src/languages/enclosing.ts';
import type { Module, Span } from '../../src/languages/form.ts';
import { listConditions } from '../../src/languages/list-conditions.ts';
import { lowerFile } from '../../src/languages/lower-file.ts';

/** A file whose statements count how often somebody asks where one of them stands. */
async function counted(path: string, text: string): Promise<{ module: Module; asked: () => number }> {
  const module = await lowerFile(path, text);
  if (!module) throw new Error('it is of no language');
  let count = 0;
  for (const { body } of module.functions)
    for (const one of body) {
      const { span } = one;
      Object.defineProperty(one, 'span', {
        enumerable: true,
        get: () => {
          count += 1;
          return span;
        },
      });
    }
  return { module, asked: () => count };
}

const COUNT = 3000;
const lines = (line: (at: number) => string): string => Array.from({ length: COUNT }, (_, at) => line(at)).join('\n');

function callsOf(text: string, word: string): Span[] {
  return [...text.matchAll(new RegExp(`${word}\\([^()]*\\)`, 'g'))].map(({ 0: { length }, index }) => [
    index,
    index + length,
  ]);
}

it('finds what stands around thousands of places of one function without looking through it for each', async () => {
  const text = `package a\nfunc f(c bool) {\n${lines((at) => `\tif c { return }\n\tx${at} := open(${at})`)}\n}\n`;
  const { module, asked } = await counted('a.go', text);
  for (const span of callsOf(text, 'open')) {
    const form = functionAt(module, span);
    expect(form && listAround(form, span).map(({ kind }) => kind)).toEqual(['set', 'call']);
    expect(listConditions(module, span).length).toBeLessThanOrEqual(100);
  }
  expect(asked()).toBeLessThan(COUNT * 40);
});

it('finds an entry of a map of thousands by its own places', async () => {
  const text = `x = {\n${lines((at) => `    "a${at}": load(${at}),`)}\n}\n`;
  const { module } = await counted('a.py', text);
  const spans = callsOf(text, 'load');
  const [form] = module.functions;
  for (const at of [0, 17, COUNT - 1])
    expect(form && listAround(form, spans[at] ?? [0, 0]).find(({ kind }) => kind === 'entry')).toMatchObject({
      name: `a${at}`,
    });
});

it('takes the first of the statements that hold a place, and none where none does', async () => {
  const text = `package a\nfunc f() {\n${lines((at) => `\ta${at}, err := open(${at})`)}\n}\n`;
  const { module } = await counted('a.go', text);
  const body = module.functions[1]?.body ?? [];
  for (const span of callsOf(text, 'open').slice(0, 40))
    expect(indexAround(body, span)).toBe(body.findIndex((one) => one.span[0] <= span[0] && span[1] <= one.span[1]));
  expect(indexAround(body, [0, 5])).toBe(-1);
  expect(indexAround(body, [text.length, text.length + 1])).toBe(-1);
});
