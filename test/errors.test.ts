import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AppError, describeError } from '../src/errors.ts';

const denied = Object.assign(new Error("EACCES: permission denied, open '/srv/a.py'"), {
  code: 'EACCES',
  path: '/srv/a.py',
});

it.each([
  { error: denied, says: '/srv/a.py: this user has no access to it' },
  { error: new AppError('GIT_FAILED', 'no such ref'), says: 'GIT_FAILED: no such ref' },
  { error: new Error('unforeseen'), says: 'unforeseen' },
  { error: 'text', says: 'text' },
])('$says', ({ error, says }) => {
  expect(describeError(error)).toBe(says);
});

it('names the file that is missing, in plain words', () => {
  let thrown: unknown;
  try {
    readFileSync('/nowhere/at-all');
  } catch (error) {
    thrown = error;
  }
  expect(describeError(thrown)).toBe('/nowhere/at-all: there is no such file or folder');
});
