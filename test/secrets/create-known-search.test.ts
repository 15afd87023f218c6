import { describe, expect, it } from 'vitest';
import { createHideKnown } from '../../src/secrets/mask-text.ts';
import { MASK, type MaskedText } from '../../src/secrets/masked-text.ts';

const VALUE = 'q9VtR2mXw7LkYb3ZcN8s';
const hide = (text: string, values: readonly string[] = [VALUE]): string => createHideKnown(values)(text as MaskedText);

describe('a value that was found to be a credential is hidden', () => {
  it.each([
    ['as it is', `a ${VALUE}!`],
    ['inside a word', `a${VALUE}b`],
    ['its first half', VALUE.slice(0, 11)],
    ['its second half', `x-${VALUE.slice(9)}`],
    ['backwards', [...VALUE].reverse().join('')],
    ['in base64', Buffer.from(VALUE).toString('base64')],
    ['in base64 behind a user', Buffer.from(`deploy:${VALUE}`).toString('base64')],
    ['in base64 behind another user', Buffer.from(`ci:${VALUE}`).toString('base64')],
    ['in base64 of an address', Buffer.from(`redis://:${VALUE}@cache`).toString('base64')],
    ['in hexadecimal', Buffer.from(VALUE).toString('hex')],
    ['in upper hexadecimal', Buffer.from(VALUE).toString('hex').toUpperCase()],
    ['in percent signs', [...Buffer.from(VALUE)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')],
  ])('%s', (_, text) => {
    const shown = hide(text);
    expect(shown).toContain(MASK);
    for (let at = 0; at + 10 <= text.length; at++)
      if (VALUE.includes(text.slice(at, at + 10))) expect(shown).not.toContain(text.slice(at, at + 10));
  });

  it('with signs, in an address and in JSON', () => {
    const value = 'Sv7!kQ2"pLx9/z+4';
    for (const text of [encodeURIComponent(value), JSON.stringify(value), Buffer.from(value).toString('base64url')])
      expect(hide(text, [value])).toContain(MASK);
  });

  it('and nothing else: words of which it is made stay', () => {
    const text = 'django-insecure is a prefix; q9Vt is not enough; 0123456789';
    expect(hide(text, ['django-insecure-x7@k2_z!q(9v4b#m'])).toBe(text);
  });

  it('on its own line: lines keep their numbers', () => {
    expect(hide(`a\n${VALUE}\nb`).split('\n')).toHaveLength(3);
  });
});
