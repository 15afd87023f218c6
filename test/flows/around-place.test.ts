import { expect, it } from 'vitest';
import { saysAround, saysFile } from '../../src/flows/uses/around-place.ts';
import type { Home } from '../../src/flows/values/value.ts';
import { functionAt } from '../../src/languages/enclosing.ts';
import { lowerFile } from '../../src/languages/lower-file.ts';

const TEXT = `import { a } from 'a';
export const top = a(() => () => secret());
class Store {
  find = (id) => this.load(id);
  load(id) { function inner() { return token(id); } return inner; }
}
function last() { return a(function named() { return 1; }); }
`;

async function homeOf(text: string): Promise<{ home: Home; reads: () => number }> {
  const module = await lowerFile('a.ts', text);
  if (!module) throw new Error('not read');
  let reads = 0;
  const home = {
    path: 'a.ts',
    module,
    written: text,
    get text() {
      reads++;
      return text;
    },
  };
  return { home, reads: () => reads };
}

it('reads the text of a file, or of a function, once for a pattern: thousands of calls ask the same', async () => {
  const { home, reads } = await homeOf(TEXT);
  const span = [TEXT.indexOf('token('), TEXT.indexOf('token(') + 5] as const;
  for (let index = 0; index < 100; index++) {
    expect([saysFile(home, 'named'), saysFile(home, 'nowhere')]).toEqual([true, false]);
    expect([saysAround(home, span, 'TOKEN'), saysAround(home, span, 'secret')]).toEqual([true, false]);
  }
  expect(reads()).toBe(4);
});

it('knows the innermost function around each place', async () => {
  const { home } = await homeOf(TEXT);
  const { functions } = home.module;
  for (let at = 0; at < TEXT.length; at++) {
    const around = functions.filter(({ span }) => span[0] <= at && at + 1 <= span[1]);
    const innermost = around.toSorted((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]))[0];
    expect(functionAt(home.module, [at, at + 1])).toBe(innermost ?? null);
  }
});
