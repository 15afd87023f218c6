import { appendFileSync, closeSync, constants, openSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { isInside } from '../is-inside.ts';

/**
 * Appends outputs in GitHub's form for values of several lines. The delimiter is one that nobody can guess, so no value ends its
 * own. Source: docs.github.com, "Workflow commands", setting an output parameter.
 */
export function writeOutputs(
  file: string | null,
  outputs: Readonly<Record<string, string>>,
  makeToken: () => string,
): void {
  if (file === null) return;
  const text = Object.entries(outputs).map(([name, value]) => {
    const delimiter = `end-${makeToken()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  appendFileSync(file, text.join(''));
}

/** @param file null: a runner without job summaries */
export function writeSummary(file: string | null, markdown: string): void {
  if (file !== null) appendFileSync(file, `${markdown}\n`);
}

/**
 * Writes a report where the workflow wants it. What is checked out may be a stranger's, so a link in the workspace is not
 * followed, neither the file itself nor a folder that leads elsewhere.
 *
 * @param path relative to the workspace, or absolute inside of it or of the runner's folder for temporary files
 * @returns its absolute path
 * @throws AppError CONFIG_INVALID
 */
export function writeReportFile(
  path: string,
  text: string,
  { workspace, temp }: { workspace: string; temp: string },
): string {
  const wanted = resolve(workspace, path);
  const refuse = (why: string): never => {
    throw new AppError('CONFIG_INVALID', `sarif-file: ${path} cannot be written: ${why}`);
  };
  try {
    const folder = realpathSync(dirname(wanted));
    if (![workspace, temp].some((root) => isInside(realpathSync(root), folder)))
      refuse('it lies outside of the workspace');
    const file = join(folder, basename(wanted));
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    const handle = openSync(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
    try {
      writeFileSync(handle, text);
    } finally {
      closeSync(handle);
    }
    return file;
  } catch (error) {
    if (error instanceof AppError) throw error;
    return refuse((error as Error).message);
  }
}
