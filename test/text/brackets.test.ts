import { describe, expect, it } from 'vitest';
import { betweenBrackets, closingOf } from '../../src/text/closing-of.ts';
import { splitList } from '../../src/text/split-list.ts';
import { startProcessorClock } from '../support/processor-time.ts';

describe('the bracket that closes', () => {
  it.each([
    ['(a, (b), [c])', 'a, (b), [c]'],
    ['("a)", b) c)', '"a)", b'],
    [String.raw`("a\")", b)`, String.raw`"a\")", b`],
    // A text between backticks of Go has no escapes.
    ['(`a\\`, b)', '`a\\`, b'],
    ['{ a: { b: 1 } }', ' a: { b: 1 } '],
    // Of Python, and an empty text beside it.
    ['("""a ")" (b""", c) d)', '"""a ")" (b""", c'],
    [`('', "", ('b')) c)`, `'', "", ('b')`],
  ])('of `%s`', (text, inside) => expect(betweenBrackets(text, 0)).toBe(inside));

  it.each(['(a', '("a)', '', 'a)', `(${' '.repeat(3000)})`, '('.repeat(5000)])(
    'is not there, or too far away',
    (text) => expect(closingOf(text, 0)).toBe(-1),
  );
});

describe('the parts of a list', () => {
  it.each([
    ['a, b(c, d), e', ['a', 'b(c, d)', 'e']],
    [`'a, b', "c, \\", d", e`, [`'a, b'`, `"c, \\", d"`, 'e']],
    ['a,, b,', ['a', 'b']],
    // Brackets that close nothing hide no comma behind them.
    ['a), b', ['a)', 'b']],
    ['', []],
  ])('of `%s`', (text, parts) => expect(splitList(text).map((one) => one.text)).toEqual(parts));

  it('says where each begins', () => {
    const text = ' a,\n  b(1, 2),c';
    for (const { text: part, at } of splitList(text)) expect(text.startsWith(part, at)).toBe(true);
  });

  it.each(['('.repeat(200_000), ','.repeat(200_000), `${'('.repeat(100_000)}'${','.repeat(100_000)}`])(
    'costs no more than the text is long',
    (text) => {
      const took = startProcessorClock();
      splitList(text);
      closingOf(text, 0, text.length);
      expect(took()).toBeLessThan(500);
    },
  );
});
