import { describe, expect, it } from 'vitest';
import { readCredentials, readEnvironment } from '../../src/config/env.ts';
import { DEFAULT_CONFIG, parseRepositoryConfig } from '../../src/config/repository-config.ts';

describe('a repository config', () => {
  it('is filled up with defaults', () => {
    expect(parseRepositoryConfig('fail_at: high\n')).toEqual({
      kind: 'ok',
      config: { ...DEFAULT_CONFIG, fail_at: 'high' },
    });
    expect(parseRepositoryConfig(null).kind).toBe('absent');
  });

  it.each([
    { what: 'an unknown key', text: 'enabled: true\nenabld: true\n', says: ':2: Unrecognized key' },
    { what: 'a wrong value', text: '\nfail_at: often\n', says: ':2: fail_at' },
    { what: 'broken YAML', text: 'a: [1\nb: 2\n', says: 'backend-dev.yml:' },
    { what: '__proto__', text: '__proto__:\n  enabled: false\n', says: 'Unrecognized key' },
    {
      what: 'an alias bomb',
      text: `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[index]}`).join(',')}]`)
        .join('\n')}\n`,
      says: 'backend-dev.yml:',
    },
    { what: 'a huge text', text: `# ${'x'.repeat(40_000)}`, says: 'larger than 32 KB' },
  ])('with $what is data, not an exception: defaults, file and line, at once', ({ text, says }) => {
    const started = performance.now();
    const outcome = parseRepositoryConfig(text);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(outcome).toMatchObject({ kind: 'invalid', config: DEFAULT_CONFIG });
    expect(outcome.kind === 'invalid' && outcome.problems[0]).toContain(says);
  });
});

describe('credentials', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\\nx\\n-----END RSA PRIVATE KEY-----';
  it.each([
    { what: 'the well-known secret', env: { WEBHOOK_SECRET: 'development' }, code: 'WEBHOOK_SECRET_WEAK' },
    { what: 'no secret', env: {}, code: 'WEBHOOK_SECRET_WEAK' },
    { what: 'a short secret', env: { WEBHOOK_SECRET: 'short' }, code: 'WEBHOOK_SECRET_WEAK' },
    { what: 'an App id that is no number', env: { APP_ID: 'x' }, code: 'CONFIG_INVALID' },
    {
      what: 'a missing key file',
      env: { PRIVATE_KEY: '', PRIVATE_KEY_PATH: '/nonexistent' },
      code: 'SECRET_FILE_UNREADABLE',
    },
  ])('with $what refuse to start', ({ env, code }) => {
    const full = { APP_ID: '1', PRIVATE_KEY: key, ...env };
    expect(() => readCredentials(readEnvironment(full))).toThrow(expect.objectContaining({ code }));
  });

  it('that are absent lead to the setup page', () => {
    expect(readCredentials(readEnvironment({}))).toBeNull();
  });

  it('may hold the key in one line', () => {
    expect(
      readCredentials(readEnvironment({ APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: 'a'.repeat(32) }))?.privateKey,
    ).toContain('\n');
  });
});
