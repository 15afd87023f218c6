import { describe, expect, it } from 'vitest';
import { keyOf } from '../../src/flows/values/value-key.ts';
import { namedValue, textValue } from '../../src/flows/values/values.ts';

describe('keyOf', () => {
  it('tells values apart that are something else where nothing is given', () => {
    const key = namedValue('process.env.KEY');
    const keys = [key, { ...key, otherwise: 'secret' }, { ...key, otherwise: 'other' }, textValue('secret')].map(
      (one) => keyOf(one),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
