import { describe, expect, it } from 'vitest';
import { sign } from '../src/webhooks/deliver.js';

describe('sign', () => {
  it('is stable for one body', () => {
    expect(sign('k', '{}')).toBe(sign('k', '{}'));
  });

  it('differs by secret', () => {
    expect(sign('a', '{}')).not.toBe(sign('b', '{}'));
  });
});
