import { describe, expect, it } from 'vitest';
import { isComment } from '../../src/text/is-comment.ts';

describe('a line of a comment', () => {
  it.each(['// a', '  # a', '#!/bin/sh', '/* a', ' * a', ' */', '/** a */', '-- a'])('is %s', (line) => {
    expect(isComment(line)).toBe(true);
  });

  it.each(['#include <a.h>', '*out = 1', '    *args,', '    **options)', '--count;', 'a // b', ''])(
    'is not %s',
    (line) => {
      expect(isComment(line)).toBe(false);
    },
  );
});
