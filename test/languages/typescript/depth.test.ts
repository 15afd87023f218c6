import { describe, expect, it } from 'vitest';
import { lowerFile } from '../../../src/languages/lower-file.ts';

const nested = (open: string, inner: string, close: string, times: number): string =>
  open.repeat(times) + inner + close.repeat(times);

describe('nested as deep as the grammar reads', () => {
  it.each([
    ['calls', nested('f(', '1', ')', 700)],
    ['parentheses', `f${nested('(', '1', ')', 1400)}`],
    ['lists', nested('[', '1', ']', 1400)],
    ['objects', `x = ${nested('{ a: ', '1', '}', 700)}`],
    ['arrow functions', `x = ${nested('a => ', '1', '', 1400)}`],
    ['functions', nested('function f() {', '', '}', 700)],
    ['classes', `x = ${nested('class { a = ', '1', '}', 450)}`],
    ['blocks', nested('{', 'f();', '}', 1400)],
    ['if in if', nested('if (a) ', 'f();', '', 1400)],
    ['else if', `${nested('if (a) {} else ', '', '', 700)};`],
    ['sums', `x = ${nested('a + ', 'b', '', 1400)}`],
    ['choices', `x = ${nested('a || ', 'b', '', 1400)}`],
    ['tests', `if (${nested('a && ', 'b', '', 1400)}) c();`],
    ['ternaries', `x = ${nested('a ? b : ', 'c', '', 1400)}`],
    ['chained calls', `a${'.b()'.repeat(700)}`],
    ['assignments', `${nested('a = ', '1', '', 1400)};`],
    ['templates', `x = ${nested('`${', 'a', '}`', 700)}`],
    ['destructuring', `const ${nested('{ a: ', 'b', '}', 700)} = x`],
    ['destructuring with values by default', `const ${nested('{ a: ', 'b', '} = {}', 450)} = x`],
    ['types', `let a: ${nested('A<', 'B', '>', 700)}`],
    ['unions', `let a: ${nested("'a' | ", "'b'", '', 1400)}`],
  ])('%s', async (_, source) => {
    const module = await lowerFile('a.ts', source);
    expect(module?.functions.length).toBeGreaterThan(0);
  });

  it('says so when it is deeper', async () => {
    await expect(lowerFile('a.ts', nested('[', '1', ']', 3000))).rejects.toThrow('nested too deeply');
  });

  it('grows with the source, not faster', async () => {
    const source = (count: number): string =>
      `switch (a) {${Array.from({ length: count }, (_, i) => `case ${i}: { const { b: { c = 1 } = {}, d } = f(${i}); }`).join('\n')}}`;
    const size = async (count: number): Promise<number> =>
      JSON.stringify(await lowerFile('a.ts', source(count))).length;
    expect((await size(800)) / (await size(100))).toBeLessThan(9);
  });
});
