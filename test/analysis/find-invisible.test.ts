import { describe, expect, it } from 'vitest';
import { findInvisible } from '../../src/analysis/invisible/find-invisible.ts';

const found = (text: string) => findInvisible(text).map(({ line, characters }) => `${line} ${characters.join(' ')}`);

describe('invisible characters', () => {
  it.each([
    '\u202A',
    '\u202E',
    '\u2066',
    '\u2069',
    '\u200E',
    '\u200F',
    '\u061C',
    '\u200B',
    '\u2060',
    '\uFEFF',
    '\u00AD',
    '\u180E',
    '\u3164',
    '\u115F',
    '\uFFA0',
    '\u2028',
    '\u206A',
    '\uFFF9',
    '\u001B',
    '\u009B',
    '\uFE00',
    '\u{E0041}',
    '\u{E0101}',
  ])('are found between code: %j', (char) => {
    expect(found(`a = 1\nb${char} = 2\r\n`)).toHaveLength(1);
  });

  it('are no finding where writing needs them', () => {
    for (const text of [
      '\uFEFFa',
      '👩\u200D💻 ⚠\uFE0F 1\uFE0F\u20E3',
      'שלום مرحبا',
      'می\u200Cخواهم',
      'a\r\nb\tc',
      '\fdef',
      'zu\u00ADsammen',
      '# in our database \u00AD we have not',
    ])
      expect(found(text)).toEqual([]);
  });

  it('do not hide behind what writing needs', () => {
    expect(found('⚠\uFE0F\uFE01\uFE02')).toHaveLength(1);
    expect(found('x\u200Dy')).toEqual(['1 \\u{200D}']);
    expect(found('a\rb')).toEqual(['1 \\u{D}']);
  });
});
