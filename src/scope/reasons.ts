import type { FileCoverage } from './coverage.ts';

/**
 * What became of a file, by code. `skipped`: nothing of it was asked for, by its name or by what the base says. `clipped`: it
 * was asked for and was not (wholly) looked at, so the review is never green. What a pull request writes into a file itself can
 * only lead to `clipped`. `reviewed`: looked at, with a word on how.
 */
const STATUS = {
  LOCK_FILE: 'skipped',
  VENDORED: 'skipped',
  BUILT: 'skipped',
  FRONT_END: 'skipped',
  NOT_BACKEND: 'skipped',
  REMOVED: 'skipped',
  RENAMED_ONLY: 'skipped',
  LEFT_OUT: 'skipped',
  MARKED_GENERATED: 'skipped',
  NO_TEST_RULE: 'skipped',
  GENERATED_NAME: 'skipped',
  TEST_CODE: 'reviewed',
  CREDENTIALS_ONLY: 'reviewed',
  WORKFLOW: 'reviewed',
  VIEW: 'reviewed',
  OLD_MIGRATION: 'reviewed',
  GENERATED: 'reviewed',
  VENDORED_NEW: 'reviewed',
  CALLERS_LEFT: 'reviewed',
  UNREADABLE: 'clipped',
  PATH_TOO_LONG: 'clipped',
  TOO_MUCH_TEXT: 'clipped',
  BUDGET_SPENT: 'clipped',
  MANY_FINDINGS: 'clipped',
  TOO_LARGE: 'clipped',
  BINARY: 'clipped',
  SYMLINK: 'clipped',
  SUBMODULE: 'clipped',
  LFS_POINTER: 'clipped',
  MINIFIED: 'clipped',
  NOT_COMPARED: 'clipped',
  NOT_SEARCHED: 'clipped',
  NAME_MASKED: 'clipped',
  ANALYSIS_INCOMPLETE: 'clipped',
  NO_RULE: 'clipped',
} as const satisfies Record<string, FileCoverage['status']>;

export type ReasonCode = keyof typeof STATUS;

export const REASON_CODES = Object.keys(STATUS) as ReasonCode[];

/** The status that a reason leads to; `detail` says more than its general words (render/describe-reason.ts). */
export function because(code: ReasonCode, detail?: string): Pick<FileCoverage, 'status' | 'reasonCode' | 'detail'> {
  return { status: STATUS[code], reasonCode: code, detail: detail ?? null };
}
