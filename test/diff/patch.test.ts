import { createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAnchor, findHeadLine } from '../../src/diff/anchor.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { listChangedLines, parsePatch, revertPatch } from '../../src/diff/patch.ts';
import { splitDiff } from '../../src/diff/split-diff.ts';

const PATCH = `@@ -1,3 +1,4 @@ function a() {
 one
-two
+two!
+two and a half
 three
@@ -10,2 +11,1 @@
 ten
-eleven
\\ No newline at end of file`;

describe('parsePatch', () => {
  it('numbers the lines of both sides', () => {
    const [first, second] = parsePatch(PATCH);
    expect(first?.lines.map(({ kind, oldLine, newLine }) => [kind, oldLine, newLine])).toEqual([
      ['context', 1, 1],
      ['removed', 2, null],
      ['added', null, 2],
      ['added', null, 3],
      ['context', 3, 4],
    ]);
    expect(second?.lines.at(-1)).toEqual({ kind: 'removed', oldLine: 11, newLine: null, text: 'eleven' });
    expect(listChangedLines(parsePatch(PATCH))).toEqual({ added: [2, 3], removed: [2, 11] });
  });

  it.each([
    { what: 'a cut hunk', patch: '@@ -1,3 +1,3 @@\n one\n+two' },
    { what: 'no hunk', patch: 'hello' },
    { what: 'a line without a marker', patch: '@@ -1,2 +1,2 @@\none\ntwo' },
  ])('throws for $what instead of guessing', ({ patch }) => {
    expect(() => parsePatch(patch)).toThrow('not a patch');
  });

  it('does not take a removed line that looks like a header for one', () => {
    const [hunk] = parsePatch('@@ -1,2 +1,1 @@\n-@@ -9,9 +9,9 @@\n diff --git a/x b/x');
    expect(hunk?.lines).toHaveLength(2);
  });
});

const Lines = fc.array(fc.constantFrom('a', 'b', 'c\r', ' x', '+y', '-z', '@@ -1 +1 @@', 'é😀', ''), { maxLength: 30 });

describe('for any two texts', () => {
  it('a patch turns the head back into the base', () => {
    fc.assert(
      fc.property(Lines, Lines, (base, head) => {
        const [before, after] = [`${base.join('\n')}\n`, `${head.join('\n')}\n`];
        const text = createTwoFilesPatch('a', 'b', before, after, '', '', { context: 3 });
        const start = text.search(/^@@ /m);
        expect(revertPatch(after, start === -1 ? [] : parsePatch(text.slice(start)))).toBe(before);
        expect(revertPatch(after, diffTexts(before, after) ?? [])).toBe(before);
      }),
    );
  });

  it('an anchor lies within one hunk, in order, on lines of its side', () => {
    fc.assert(
      fc.property(
        Lines,
        Lines,
        fc.nat(40),
        fc.nat(10),
        fc.constantFrom('LEFT' as const, 'RIGHT' as const),
        (base, head, start, length, side) => {
          const hunks = diffTexts(`${base.join('\n')}\n`, `${head.join('\n')}\n`) ?? [];
          const anchor = decideAnchor(hunks, side, start + 1, start + 1 + length);
          if (anchor.kind === 'summary') return;
          const sides = hunks.map((hunk) => hunk.lines.map((line) => (side === 'RIGHT' ? line.newLine : line.oldLine)));
          const home = sides.filter(
            (lines) => lines.includes(anchor.line) && (anchor.startLine === null || lines.includes(anchor.startLine)),
          );
          expect(home).not.toEqual([]);
          expect(anchor.startLine === null || anchor.startLine < anchor.line).toBe(true);
          expect(anchor.line).toBeLessThanOrEqual(start + 1 + length);
        },
      ),
    );
  });
});

it('splits a diff of many files at their headers only', () => {
  const diff =
    'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\n+b\ndiff --git a/y b/y\nBinary files a/y and b/y differ\ndiff --git a/z b/w\nsimilarity index 100%\n';
  expect(splitDiff(diff)).toEqual([
    { patch: '@@ -1,1 +1,1 @@\n-a\n+b', binary: false },
    { patch: null, binary: true },
    { patch: null, binary: false },
  ]);
});

it.each([
  ['a replaced line: the one before it', '@@ -1,2 +1,2 @@\n a\n-b\n+c', 2, 1],
  ['the first line of the file: the one that follows', '@@ -1,2 +1,1 @@\n-a\n b', 1, 1],
  ['several removed lines: the last that stayed', '@@ -8,4 +5,1 @@\n x\n-a\n-b\n-c', 11, 5],
  ['a hunk of removed lines alone', '@@ -4,1 +3,0 @@\n-a', 4, 3],
  ['all of the file', '@@ -1,1 +0,0 @@\n-a', 1, 1],
  ['a line of no hunk', '@@ -1,2 +1,2 @@\n a\n-b\n+c', 9, null],
])('the line of the head beside %s', (_, patch, line, expected) => {
  expect(findHeadLine(parsePatch(patch), line)).toBe(expected);
});
