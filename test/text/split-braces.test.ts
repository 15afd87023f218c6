import { expect, it } from 'vitest';
import { splitBraces } from '../../src/text/split-braces.ts';

it('splits braces, several of them, and leaves what is not closed', () => {
  expect(splitBraces('**/*.{md,yml}')).toEqual(['**/*.md', '**/*.yml']);
  expect(splitBraces('{a,b}/{c,d}')).toEqual(['a/c', 'a/d', 'b/c', 'b/d']);
  expect(splitBraces('src/**')).toEqual(['src/**']);
  expect(splitBraces('a{b')).toEqual(['a{b']);
});

it('makes so many globs and no more, however many braces there are', () => {
  expect(splitBraces('{a,b,c,d,e,f,g,h}'.repeat(12)).length).toBe(24);
});
