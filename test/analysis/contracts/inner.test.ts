import { describe, expect, it } from 'vitest';
import { findBreaks } from './find-breaks.ts';

const BASE = `syntax = "proto3";
package shop;
message Cookie {
  string user_id = 1;
  string nonce = 2;
  string token = 3;
}
`;
const RENAMED = BASE.replace('user_id', 'session_id');
const FREED = BASE.replace('  string nonce = 2;\n', '');

describe('messages that only their own program knows', () => {
  it.each([
    ['a name', 'server/internal/types.proto', RENAMED, ['low proto-name-changed?']],
    ['a number that is free', 'server/internal/types.proto', FREED, ['low proto-number-not-reserved']],
    ['a name of an API', 'api/v2/internals.proto', RENAMED, ['medium proto-name-changed']],
    ['a number of an API that is free', 'api/v2/api.proto', FREED, ['medium proto-number-not-reserved']],
  ])('%s', async (_, path, head, expected) => {
    const found = await findBreaks(path, BASE, head);
    expect(
      found.map(({ severity, ruleId, confidence }) => `${severity} ${ruleId}${confidence === 'low' ? '?' : ''}`),
    ).toEqual(expected);
  });
});
