import { describe, expect, it } from 'vitest';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { pairLines } from '../../src/diff/pair-lines.ts';
import { startProcessorClock } from '../support/processor-time.ts';

const pairs = (base: string, head: string): string[] =>
  pairLines(diffTexts(base, head) ?? []).map(({ oldLine, newLine, how }) => `${oldLine}>${newLine} ${how}`);

describe('lines that are no news', () => {
  it('pairs what was only indented anew', () => {
    expect(pairs('f() {\n  a();\n  b();\n}\n', 'f() {\n  if (x) {\n    a();\n    b();\n  }\n}\n')).toEqual([
      '2>3 spaced',
      '3>4 spaced',
    ]);
  });

  it('pairs a block that moved, and no single line that is alike by chance', () => {
    const block = 'one();\ntwo();\nthree();\n';
    const rest = Array.from({ length: 9 }, (_, index) => `rest${index}();\n`).join('');
    expect(pairs(`${block}${rest}`, `${rest}${block}`)).toEqual(['1>10 moved', '2>11 moved', '3>12 moved']);
    expect(pairs(`one();\n${rest}`, `${rest}one();\n`)).toEqual([]);
  });

  it('has an end where every line is the same', () => {
    const same = 'x = 1;\n'.repeat(4000);
    const took = startProcessorClock();
    pairs(`a\n${same}`, `b\n${same}c\n${same}`);
    expect(took()).toBeLessThan(20_000);
  });
});
