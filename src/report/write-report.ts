import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import supportsHyperlinks from 'supports-hyperlinks';
import { wantsColour } from '../config/env.ts';
import { AppError, describeFileError } from '../errors.ts';
import { isAtLeast, isSuspected, type Severity } from '../findings/finding.ts';
import { isWhole } from '../scope/coverage.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { formatGitlab } from './format/gitlab.ts';
import { formatJson } from './format/json.ts';
import { formatMarkdown } from './format/markdown.ts';
import { formatRdjson } from './format/rdjson.ts';
import { formatSarif } from './format/sarif.ts';
import { formatText } from './format/text.ts';
import type { FORMATS } from './formats.ts';
import type { Report } from './report.ts';

export interface OutputOptions {
  format: (typeof FORMATS)[number];
  output?: string;
  failOn: Severity | 'never';
  /** Text only where there is something to say. */
  quiet?: boolean;
  /** How the model came to its result, too. */
  explain?: boolean;
  /** Where the report's files lie, for links; null: nowhere on this machine. */
  root?: string | null;
}

/** Writes the result (standard output carries nothing else) and decides the exit code. */
export function writeReport(report: Report, options: OutputOptions): number {
  const isTerminal = options.output === undefined && process.stdout.isTTY === true;
  const terminal = {
    colour: isTerminal && wantsColour(),
    addressOf: isTerminal && supportsHyperlinks.stdout ? createAddresses(options.root ?? null) : () => null,
  };
  const text = {
    text: () => formatText(report, terminal, options.explain),
    json: () => formatJson(report),
    sarif: () => formatSarif(report, report.below?.root ?? null),
    markdown: () => formatMarkdown(report, options.explain),
    rdjson: () => formatRdjson(report),
    gitlab: () => formatGitlab(report),
  }[options.format]();
  if (options.quiet && options.format === 'text' && isNothing(report)) return 0;
  if (options.output === undefined) process.stdout.write(text);
  else {
    writeOutput(options.output, text);
    if (!options.quiet) process.stderr.write(escapeInvisible(`The report is in ${options.output}\n`));
  }
  return decideExitCode(report, options.failOn);
}

/** Only of files that are there: a link that leads nowhere is worse than none. Whatever a name holds is written out in the address. */
function createAddresses(root: string | null): (path: string) => string | null {
  return (path) => {
    const file = root === null ? null : resolve(root, path);
    return file !== null && existsSync(file) ? pathToFileURL(file).href : null;
  };
}

function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw refuse('--output', path, error);
  }
}

/**
 * Before anything is reviewed: what a review costs is not to be lost because its result cannot be written.
 *
 * @throws AppError ARGUMENT_INVALID
 */
export function checkWritable(option: string, path: string): void {
  try {
    const isThere = existsSync(path);
    if (isThere && statSync(path).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    accessSync(isThere ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw refuse(option, path, error);
  }
}

function refuse(option: string, path: string, error: unknown): AppError {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const why = isMissing ? `the folder ${dirname(path)} is not there` : describeFileError(error);
  return new AppError('ARGUMENT_INVALID', `${option} ${path}: ${why}`, { cause: error });
}

function isNothing(report: Report): boolean {
  return report.result.findings.length === 0 && decideExitCode(report, 'never') === 0;
}

export function decideExitCode({ result }: Report, failOn: Severity | 'never'): number {
  // What is only suspected stops nobody's build.
  const fails = result.findings.filter((finding) => !isSuspected(finding));
  if (failOn !== 'never' && fails.some((finding) => isAtLeast(finding.severity, failOn))) return 1;
  return isWhole(result.coverage) ? 0 : 3;
}
