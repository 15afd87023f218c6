import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { CONFIG_PATH, parseRepositoryConfig } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { escapeInvisible } from '../text/invisible.ts';

/** `config`: prints the effective config; exit 2 and the problems with file and line when it is broken. */
export function runConfig(file: string): number {
  const text = readConfig(file);
  const outcome = parseRepositoryConfig(text, file);
  if (outcome.kind === 'invalid') {
    process.stderr.write(
      `${escapeInvisible(outcome.problems.join('\n'))}\nUntil it is corrected, reviews run with the defaults:\n`,
    );
  }
  if (text === null)
    process.stderr.write(`There is no ${file}: these are the defaults. \`backend-dev init\` writes one.\n`);
  process.stdout.write(escapeInvisible(stringify(outcome.config)));
  return outcome.kind === 'invalid' ? 2 : 0;
}

function readConfig(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing && file === CONFIG_PATH) return null;
    throw new AppError('CONFIG_INVALID', `${file}: ${isMissing ? 'no such file' : (error as Error).message}`);
  }
}
