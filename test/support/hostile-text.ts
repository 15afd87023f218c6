import fc from 'fast-check';

/** Half characters, NUL, and what looks like their escape in JSON, among ordinary text and emoji. */
export const hostileText = fc
  .array(
    fc.constantFrom(
      '\ud83d',
      '\ude00',
      '😀',
      '\0',
      '\\u0000',
      '\\ud83d',
      '\\',
      '"',
      'a',
      ' ',
      '\n',
      '\u2028',
      '`',
      '|',
    ),
    { maxLength: 400 },
  )
  .map((parts) => parts.join(''));

/** Whole characters, many of them of two units: a cut at almost any length halves one. */
export const emojiText = fc
  .array(fc.constantFrom('😀', '👩‍🚀', 'x', ' ', '🇫🇷'), { minLength: 1, maxLength: 900 })
  .map((parts) => parts.join(''));
