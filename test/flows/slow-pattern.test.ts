import { describe, expect, it } from 'vitest';
import { isSlowPattern } from '../../src/flows/sinks/slow-pattern.ts';

describe('a pattern that tries exponentially many ways', () => {
  it.each([
    '^(a+)+$',
    '(x+x+)+y',
    '^([a-zA-Z0-9]+\\s?)*$',
    '^(\\w+\\s?)*$',
    '^(\\d+,?)+$',
    '(.*a){20}',
    '^(a|a)*$',
    '^(\\w|\\d)+$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
    '^(?:(?:[a-z]+)*)*;$',
    '^(?<word>[a-z]+)*!$',
    '^([^"]*)*"$',
  ])('%s', (source) => {
    expect(isSlowPattern(source)).toBe(true);
  });
});

describe('a pattern that does not', () => {
  it.each([
    '^[\\w-]+$',
    '^(a+b)*$',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^(?:[a-z]+\\.)+[a-z]{2,}$',
    '^([a-z0-9_.-]+)@([\\da-z.-]+)\\.([a-z.]{2,6})$',
    '^(([^<>()[\\]\\\\.,;:\\s@"]+(\\.[^<>()[\\]\\\\.,;:\\s@"]+)*)|(".+"))@((\\[[0-9]{1,3}\\])|(([a-zA-Z\\-0-9]+\\.)+[a-zA-Z]{2,}))$',
    // Nothing behind it can fail: no way back is tried.
    '(a+)+',
    '^(a+)+b?',
    '^([a-z]|[0-9])*$',
    '^(?:a{2,3}){4}$',
    '(\\w+)\\1+$',
    '^(ab+){1,5}$',
    '((a+',
  ])('%s', (source) => {
    expect(isSlowPattern(source)).toBe(false);
  });
  it('is found out in a moment, however long it is', () => {
    expect(isSlowPattern(`^${'(a+b)*'.repeat(150)}$`)).toBe(false);
    expect(isSlowPattern('('.repeat(400))).toBe(false);
  });
});
