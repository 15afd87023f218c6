import { describe, expect, it, vi } from 'vitest';
import { HttpError } from '../src/errors.js';
import { isTransient, withRetry } from '../src/http/retry.js';

const options = { name: 'test', pauseMs: 1 };

describe('withRetry', () => {
  it('returns the first answer that works', async () => {
    const call = vi.fn().mockRejectedValueOnce(new HttpError(502, 'carrier', 'x')).mockResolvedValue('ok');
    await expect(withRetry(call, options)).resolves.toBe('ok');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('gives up after the last attempt', async () => {
    const call = vi.fn().mockRejectedValue(new HttpError(502, 'carrier', 'x'));
    await expect(withRetry(call, { ...options, attempts: 2 })).rejects.toThrow('x');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('does not retry what another try cannot change', async () => {
    const call = vi.fn().mockRejectedValue(new HttpError(409, 'conflict', 'x'));
    await expect(withRetry(call, options)).rejects.toThrow('x');
    expect(call).toHaveBeenCalledTimes(1);
  });
});

describe('isTransient', () => {
  it('knows a time-out', () => {
    expect(isTransient(Object.assign(new Error('late'), { name: 'TimeoutError' }))).toBe(true);
  });
});
