import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  describeSecrets,
  ENVIRONMENT_FIELDS,
  readCredentials,
  readEnvironment,
  SECRETS,
} from '../../src/config/env.ts';
import { AppError } from '../../src/errors.ts';
import { makeTempDir } from '../support/temp.ts';

const VALUE = 'k7QzPw-this-is-the-secret-itself';
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n';

function put(content: string | Buffer): string {
  const path = join(makeTempDir(), 'secret');
  writeFileSync(path, content);
  return path;
}

function refusal(env: Record<string, string>): AppError {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('this was accepted');
}

describe('a secret in a file', () => {
  it('counts like the value, whatever secret it is', () => {
    for (const name of SECRETS)
      expect(readEnvironment({ [`${name}_FILE`]: put(`${VALUE}\n`) })).toMatchObject({ [name]: VALUE });
    for (const name of ['PRIVATE_KEY', 'WEBHOOK_SECRET', 'ANTHROPIC_API_KEY', 'DATABASE_URL', 'METRICS_TOKEN'])
      expect(SECRETS).toContain(name);
  });

  it('is offered for every variable whose name or meaning is that of a secret', () => {
    const secretive = Object.entries(ENVIRONMENT_FIELDS)
      .filter(([name, field]) => /KEY|SECRET|TOKEN(?!S)|PASSWORD|(?<!BASE)_URL$/.test(name) && field)
      .map(([name]) => name);
    expect(secretive.filter((name) => !SECRETS.includes(name))).toEqual([]);
  });

  it.each([
    { ends: 'nothing', text: VALUE },
    { ends: 'a line feed', text: `${VALUE}\n` },
    { ends: 'the line end of Windows', text: `${VALUE}\r\n` },
    { ends: 'several line feeds', text: `${VALUE}\n\n` },
    { ends: 'nothing, and begins with a byte order mark', text: `\ufeff${VALUE}` },
  ])('may end with $ends', ({ text }) => {
    expect(readEnvironment({ METRICS_TOKEN_FILE: put(text) }).METRICS_TOKEN).toBe(VALUE);
  });

  it('is read through the symbolic links with which Kubernetes changes secrets', () => {
    const dir = makeTempDir();
    mkdirSync(join(dir, '..2026'));
    writeFileSync(join(dir, '..2026', 'webhook-secret'), VALUE);
    symlinkSync('..2026', join(dir, '..data'));
    symlinkSync('..data/webhook-secret', join(dir, 'webhook-secret'));
    expect(readEnvironment({ WEBHOOK_SECRET_FILE: join(dir, 'webhook-secret') }).WEBHOOK_SECRET).toBe(VALUE);
  });

  it('holds the App’s key by either name of its variable', () => {
    for (const variable of ['PRIVATE_KEY_FILE', 'PRIVATE_KEY_PATH']) {
      const env = readEnvironment({
        APP_ID: '7',
        [variable]: put(PEM),
        PREVIOUS_PRIVATE_KEY_FILE: put(PEM),
        WEBHOOK_SECRET_FILE: put(VALUE),
      });
      expect(readCredentials(env)).toMatchObject({ appId: 7, privateKey: PEM.trim(), webhookSecret: VALUE });
      expect(readCredentials(env)?.previousKeys).toHaveLength(1);
    }
  });

  it('is looked at like the value: a weak one is refused', () => {
    const env = { APP_ID: '7', PRIVATE_KEY_FILE: put(PEM), WEBHOOK_SECRET_FILE: put('development\n') };
    expect(() => readCredentials(readEnvironment(env))).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_SECRET_WEAK' }),
    );
    expect(refusal({ METRICS_TOKEN_FILE: put('two words, and long enough') }).message).toMatch(/^METRICS_TOKEN: /);
  });

  it.each([
    ['WEBHOOK_SECRET', 'WEBHOOK_SECRET_FILE'],
    ['PRIVATE_KEY', 'PRIVATE_KEY_PATH'],
    ['PRIVATE_KEY', 'PRIVATE_KEY_FILE'],
    ['PRIVATE_KEY_FILE', 'PRIVATE_KEY_PATH'],
  ])('is refused where %s and %s are both set, and both are named', (one, other) => {
    const error = refusal({ [one]: VALUE, [other]: put(VALUE) });
    expect(error).toMatchObject({
      code: 'SECRET_GIVEN_TWICE',
      message: `${one} and ${other} are both set: leave one of them`,
    });
  });

  it('does not collide with a variable that is set to nothing', () => {
    expect(readEnvironment({ WEBHOOK_SECRET: '', WEBHOOK_SECRET_FILE: put(VALUE) }).WEBHOOK_SECRET).toBe(VALUE);
    expect(readEnvironment({ WEBHOOK_SECRET: VALUE, WEBHOOK_SECRET_FILE: ' ' }).WEBHOOK_SECRET).toBe(VALUE);
  });

  it.each([
    { what: 'is missing', make: () => join(makeTempDir(), 'none'), says: 'there is no such file' },
    { what: 'is a folder', make: () => makeTempDir(), says: 'it is not a regular file' },
    { what: 'is a device without an end', make: () => '/dev/zero', says: 'it is not a regular file' },
    { what: 'is a pipe that nobody writes to', make: makePipe, says: 'it is not a regular file' },
    { what: 'is empty', make: () => put(''), says: 'it is empty' },
    { what: 'holds blank lines', make: () => put(' \r\n\n'), says: 'it is empty' },
    { what: 'is too large', make: () => put('x'.repeat(64 * 1024 + 1)), says: 'it is larger than 64 KB' },
    { what: 'is no text', make: () => put(Buffer.from([0xff, 0xfe, 0x41])), says: 'it does not hold text' },
    { what: 'holds NUL', make: () => put('secret\0secret-secret'), says: 'it does not hold text' },
  ])('that $what is refused with a code, the variable and the path', ({ make, says }) => {
    const path = make();
    const error = refusal({ WEBHOOK_SECRET_FILE: path });
    expect(error.code).toBe('SECRET_FILE_UNREADABLE');
    expect(error.message).toContain(`WEBHOOK_SECRET_FILE (${path}): ${says}`);
  });

  it.each([
    VALUE,
    `/${VALUE}`,
    `/a+/${VALUE}`,
    `postgres://app:${VALUE}@db/app`,
    `-----BEGIN KEY-----\n${VALUE}/x\n`,
    `${VALUE}\0`,
    VALUE.repeat(200),
  ])('that was set in place of its path does not reach the log (%#)', (value) => {
    const error = refusal({ DATABASE_URL_FILE: value });
    expect(error.code).toBe('SECRET_FILE_UNREADABLE');
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(VALUE);
  });

  it('is told of by where it comes from, never by what it is', () => {
    const path = put(VALUE);
    const told = describeSecrets({ WEBHOOK_SECRET_FILE: path, ANTHROPIC_API_KEY: VALUE, GITHUB_TOKEN: '' });
    expect(told).toEqual([`WEBHOOK_SECRET from the file ${path}`, 'ANTHROPIC_API_KEY from the environment']);
  });
});

function makePipe(): string {
  const path = join(makeTempDir(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}
