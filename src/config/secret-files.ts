import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { AppError, describeFileFault } from '../errors.ts';

/** The largest file of a secret, in bytes. The longest secret is a private key of some 3 KB. */
const LIMIT = 64 * 1024;

/** What some variables of files were called before every secret had `NAME_FILE`; Probot knows the first. */
const OTHER_NAMES: Record<string, string> = {
  PRIVATE_KEY: 'PRIVATE_KEY_PATH',
  PREVIOUS_PRIVATE_KEY: 'PREVIOUS_PRIVATE_KEY_PATH',
};

export type Variables = Readonly<Record<string, string>>;

/** The variables that name a file with this secret. */
export function listFileVariables(secret: string): string[] {
  const other = OTHER_NAMES[secret];
  return [`${secret}_FILE`, ...(other === undefined ? [] : [other])];
}

/**
 * The variables that are set, with each secret that lies in a file read from there.
 * @throws AppError SECRET_GIVEN_TWICE, SECRET_FILE_UNREADABLE; neither shows anything of a secret
 */
export function readSecretFiles(given: Variables, secrets: readonly string[]): Variables {
  const values = { ...given };
  for (const secret of secrets) {
    const variable = findSource(given, secret);
    const path = variable === undefined ? undefined : given[variable];
    if (variable !== undefined && variable !== secret && path !== undefined)
      values[secret] = readSecret(path, variable);
  }
  return values;
}

/** Where each secret that is set comes from: for people, without the secret. */
export function listSecretSources(given: Variables, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => {
    const variable = findSource(given, secret);
    if (variable === undefined) return [];
    return [variable === secret ? `${secret} from the environment` : `${secret} from the file ${given[variable]}`];
  });
}

function findSource(given: Variables, secret: string): string | undefined {
  const [first, second] = [secret, ...listFileVariables(secret)].filter((name) => given[name] !== undefined);
  if (second !== undefined)
    throw new AppError('SECRET_GIVEN_TWICE', `${first} and ${second} are both set: leave one of them`);
  return first;
}

function readSecret(path: string, variable: string): string {
  const refuse = (why: string): AppError =>
    new AppError('SECRET_FILE_UNREADABLE', `${variable}${showPath(path)}: ${why}`);
  let bytes: Buffer | null;
  try {
    bytes = readStart(path);
  } catch (error) {
    // The message of the system repeats the path, which may be the secret itself.
    throw refuse(describeFault(error));
  }
  if (bytes === null) throw refuse('it is not a regular file');
  if (bytes.length > LIMIT) throw refuse(`it is larger than ${LIMIT / 1024} KB`);
  const text = decode(bytes);
  if (text === null) throw refuse('it does not hold text in UTF-8');
  if (text.trim() === '') throw refuse('it is empty');
  // Editors and `echo` end a file with a line feed; nothing else is taken away.
  return text.replace(/[\r\n]+$/, '');
}

/** At most a byte more than is allowed, so that a device without an end or a pipe that nobody writes to stops nothing; null: no file. */
function readStart(path: string): Buffer | null {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return null;
    const bytes = Buffer.alloc(LIMIT + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      length += read;
      if (read === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** A path is shown where its folder is there. What lies nowhere may be the secret itself, set in the wrong variable. */
function showPath(path: string): string {
  const folder = dirname(path);
  const isPath = isAbsolute(path) && folder !== '/' && statSync(folder, { throwIfNoEntry: false })?.isDirectory();
  return isPath ? ` (${path})` : ' (its value is not shown, since it may be the secret itself)';
}

function describeFault(error: unknown): string {
  return describeFileFault(error) ?? `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`;
}
