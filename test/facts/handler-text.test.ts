import { describe, expect, it } from 'vitest';
import { readHandler } from '../../src/facts/routes/handler-text.ts';
import { startProcessorClock } from '../support/processor-time.ts';

describe('a handler by itself', () => {
  it('is without its path, its guards, and who only has to be somebody', () => {
    const written = `app.get('/wallets/:id', auth, async (req, res) => {\n  const user = req.session.user;\n  if (!user) return res.end();\n  res.json(1);\n})`;
    const { text, isKnown } = readHandler(written);
    expect(text.startsWith('async (req, res)')).toBe(true);
    expect(text).not.toContain('session');
    expect(isKnown).toBe(true);
  });

  it.each([
    ['blanks before it', `exports.show = ${' '.repeat(400_000)}async function (req, res) {}`],
    ['blanks behind its parameters', `app.get(()${' '.repeat(400_000)}x`],
    ['thousands who are known', 'async (req, res) => {\n' + '  const u = req.session.user;\n'.repeat(20_000)],
  ])('is read in time: %s', (_, written) => {
    const took = startProcessorClock();
    readHandler(written);
    expect(took()).toBeLessThan(1000);
  });
});
