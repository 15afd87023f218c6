import { describe, expect, it } from 'vitest';
import { readCredentials, readEnvironment } from '../../src/config/env.ts';
import { DEFAULT_CONFIG, parseRepositoryConfig } from '../../src/config/repository-config.ts';
import { startProcessorClock } from '../support/processor-time.ts';

describe('a repository config', () => {
  it('is filled up with defaults', () => {
    expect(parseRepositoryConfig('fail_at: high\n')).toEqual({
      kind: 'ok',
      config: { ...DEFAULT_CONFIG, fail_at: 'high' },
    });
    expect(parseRepositoryConfig(null).kind).toBe('absent');
  });

  it.each([
    { what: 'an unknown key', text: 'enabled: true\nenabld: true\n', says: ':2: there is no setting "enabld" here' },
    { what: 'a wrong value', text: '\nfail_at: often\n', says: ':2: fail_at' },
    { what: 'broken YAML', text: 'a: [1\nb: 2\n', says: 'backend-dev.yml:' },
    { what: '__proto__', text: '__proto__:\n  enabled: false\n', says: 'there is no setting "__proto__" here' },
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
    const took = startProcessorClock();
    const outcome = parseRepositoryConfig(text);
    expect(took()).toBeLessThan(20_000);
    expect(outcome).toMatchObject({ kind: 'invalid', config: DEFAULT_CONFIG });
    expect(outcome.kind === 'invalid' && outcome.problems[0]).toContain(says);
  });
});

describe('a problem of a config', () => {
  it.each([
    { text: 'enabled: yes please\n', says: [':1: enabled: must be true or false'] },
    { text: 'paths:\n  include: src/**\n', says: [':2: paths.include: must be a list, such as `["src/**"]`'] },
    { text: 'labels: skip\n', says: [':1: labels: must be a mapping: lines of `name: value`'] },
    {
      text: '# fail_at: low\n\nfail_at: hgih\n',
      says: [':3: fail_at: must be one of critical, high, medium, low, never'],
    },
    { text: 'max_comments: 26\n', says: [':1: max_comments: must be 25 or less'] },
    { text: 'rules:\n  a-rule: off\n', says: [':2: rules.a-rule: write { severity: "off", reason: "why" }'] },
    { text: 'rules:\n  a-rule: { severity: off }\n', says: [':2: rules.a-rule.reason: missing'] },
    { text: 'rules:\n  a-rule: { severity: off, reason: x }\n', says: ['reason: say why, for the next reader'] },
    { text: 'drafts: true\nlanguages:\n  - go\n  - rust\n', says: [':4: languages.1: must be one of typescript'] },
    { text: 'guidance: [docs/a.md]\n', says: [':1: guidance.0: write { paths: ["src/**"]'] },
    // Two settings of one name, and one that is said twice: the line is that of the one at fault.
    { text: 'labels:\n  skip: []\npaths:\n  skip: []\n', says: [':4: paths: there is no setting "skip" here'] },
    { text: 'drafts: true\n\tbots: true\n', says: [':2: Tabs are not allowed as indentation'] },
  ])('is told at its own line and in plain words: $says', ({ text, says }) => {
    const outcome = parseRepositoryConfig(text, 'c.yml');
    const problems = outcome.kind === 'invalid' ? outcome.problems : [];
    expect(problems).toEqual(says.map((one) => expect.stringContaining(one)));
    expect(problems.join()).not.toMatch(/Invalid|expected|received|at line|column/);
  });

  it('is counted where there are many', () => {
    const text = Array.from({ length: 25 }, (_, index) => `  rule-${index}: off`).join('\n');
    const outcome = parseRepositoryConfig(`rules:\n${text}\n`);
    expect(outcome.kind === 'invalid' && outcome.problems).toHaveLength(21);
    expect(outcome.kind === 'invalid' && outcome.problems.at(-1)).toBe('and 5 more');
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
