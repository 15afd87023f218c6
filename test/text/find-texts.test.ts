import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextFinder } from '../../src/text/find-texts.ts';

const find = (texts: string[], text: string, whole = false, most = 1000) =>
  createTextFinder(texts, { whole })(Buffer.from(text), most);

/** The same, said as simply as possible. */
function findSimply(texts: string[], text: string, whole: boolean) {
  const isWord = (char: string | undefined): boolean => char !== undefined && /[\w$]|[^\0-\x7f]/.test(char);
  return text.split('\n').flatMap((line, index) => {
    const held = texts.flatMap((wanted, place) => {
      if (wanted === '' || wanted.includes('\n')) return [];
      for (let at = line.indexOf(wanted); at !== -1; at = line.indexOf(wanted, at + 1))
        if (!whole || (!isWord(line[at - 1]) && !isWord(line[at + wanted.length]))) return [place];
      return [];
    });
    return held.length > 0 ? [{ line: index + 1, texts: held }] : [];
  });
}

describe('finding texts', () => {
  it('finds what a simple search finds, overlapping and repeated texts too', () => {
    const piece = fc.stringMatching(/^[abA$_é \n.]{0,5}$/);
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        fc.boolean(),
        (texts, text, whole) => {
          expect(find(texts, text, whole)).toEqual({ hits: findSimply(texts, text, whole), more: false });
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    { text: 'payment', hits: [] },
    { text: 'pay$', hits: [] },
    { text: 'payé', hits: [] },
    { text: 'a.pay(1)\nx', hits: [{ line: 1, texts: [0] }] },
    { text: 'pay', hits: [{ line: 1, texts: [0] }] },
  ])('takes pay as a word in $text: $hits', ({ text, hits }) => {
    expect(find(['pay'], text, true).hits).toEqual(hits);
  });

  it('does not count letter case where it is asked not to', () => {
    const search = createTextFinder(['getUser'], { whole: true, anyCase: true });
    expect(search(Buffer.from('GETUSER\ngetuser\ngetUsers'), 9).hits.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('says that there are more lines than it tells', () => {
    expect(find(['x'], 'x\nx\n', false, 2)).toMatchObject({ more: false });
    expect(find(['x'], 'x\nx\nx', false, 2)).toEqual({
      hits: [
        { line: 1, texts: [0] },
        { line: 2, texts: [0] },
      ],
      more: true,
    });
  });

  it('takes steps as there are bytes, on texts made to be slow', () => {
    // A search that begins anew after each mismatch takes 100 million million steps here.
    const texts = Array.from({ length: 100 }, (_, index) => `${'a'.repeat(150 + index)}b`);
    const bytes = Buffer.from('a'.repeat(2_000_000));
    expect(createTextFinder(texts, { whole: false })(bytes, 5)).toEqual({ hits: [], more: false });
  });
});
