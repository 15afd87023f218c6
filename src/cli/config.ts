import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { CONFIG_PATH, parseRepositoryConfig } from '../config/repository-config.ts';
import { AppError, describeFileError } from '../errors.ts';
import { listUnknown } from '../local/list-unknown.ts';
import { escapeInvisible } from '../text/invisible.ts';

/** `config`: prints the effective config. Prints the problems and exits with 2 when it is broken or names something that does not exist. */
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
  const { agent, rules } = listUnknown(outcome.config);
  const told = [...(agent === null ? [] : [`agent: ${agent}`]), ...rules.map((one) => `rules: ${one}`)];
  const unknown = told.map((one) => `${file}: ${one}\n`);
  process.stderr.write(escapeInvisible(unknown.join('')));
  process.stdout.write(escapeInvisible(stringify(outcome.config)));
  return outcome.kind === 'invalid' || unknown.length > 0 ? 2 : 0;
}

function readConfig(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing && file === CONFIG_PATH) return null;
    throw new AppError('CONFIG_INVALID', `${file}: ${describeFileError(error)}`);
  }
}
