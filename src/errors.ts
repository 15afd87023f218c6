/** How the worker goes on after an error: it reads nothing else of it. */
export type Retry = 'never' | 'backoff' | { afterMs: number };

interface ErrorText {
  happened: string;
  stillWorks: string;
  do: string;
}

/** Every code that the App can show, in the order of docs/errors.md, which is generated from this table. */
export const ERROR_CODES = {
  AGENT_INVALID: {
    happened: 'An agent definition cannot be used: its front matter or its list of principles is wrong.',
    stillWorks: 'Nothing is reviewed with that agent; a broken repository agent falls back to the built-in one.',
    do: 'Correct the file and line that the message names; `backend-dev agents` checks it.',
  },
  RULE_INVALID: {
    happened: 'A rule or flow file under agents/ does not fit its schema or cites an unknown principle.',
    stillWorks: 'The App does not start with it, so no review is silently incomplete.',
    do: 'Correct the file that the message names.',
  },
  CONFIG_INVALID: {
    happened: 'A setting is missing or wrong.',
    stillWorks: 'Nothing was started or changed.',
    do: 'Set it as the message says; docs/configuration.md lists every setting.',
  },
  SECRET_GIVEN_TWICE: {
    happened: 'A secret is set both as a value and as a file, so it is not clear which one counts.',
    stillWorks: 'Nothing was started or changed.',
    do: 'Unset one of the two variables that the message names; one of them may stand in `.env`.',
  },
  SECRET_FILE_UNREADABLE: {
    happened:
      'A variable `…_FILE` or `…_PATH` names a secret’s file that cannot be used: missing, unreadable, empty, no text, no regular file, or larger than 64 KB.',
    stillWorks: 'Nothing was started or changed.',
    do: 'Check that the variable holds a path, not the secret itself, and that the user of the process may read the file.',
  },
  ARGUMENT_INVALID: {
    happened: 'Something was named that is not there: a path, a rule, a finding.',
    stillWorks: 'Nothing was started or changed.',
    do: 'Name what the message lists, or check the spelling.',
  },
  OUTSIDE_REPOSITORY: {
    happened:
      'A tool of `backend-dev mcp` was asked for something outside the repository that the server was started in, or the repository’s own files lead out of it.',
    stillWorks: 'Nothing outside was read; the tools go on for the repository.',
    do: 'Name a path inside the repository. For another repository start another server there (`backend-dev mcp --repo DIR`).',
  },
  WEBHOOK_SECRET_WEAK: {
    happened: 'WEBHOOK_SECRET is missing, shorter than 16 characters, or the well-known "development".',
    stillWorks: 'The App refuses to start: anyone could sign events for it.',
    do: 'Set the same random secret in the App’s settings on GitHub and here (`openssl rand -hex 32`).',
  },
  DATA_DIR_LOCKED: {
    happened: 'Another running process uses the embedded database in this DATA_DIR.',
    stillWorks: 'That process goes on undisturbed.',
    do: 'Stop the process whose PID is named, or set DATABASE_URL to a PostgreSQL for several processes.',
  },
  DATABASE_UNAVAILABLE: {
    happened: 'The database did not answer.',
    stillWorks: 'Webhooks are answered with 503, so GitHub records them as failed and they can be redelivered.',
    do: 'Check DATABASE_URL and the server; `backend-dev doctor` tests the connection.',
  },
  GITHUB_RATE_LIMITED: {
    happened: 'GitHub’s request limit for this installation is used up.',
    stillWorks: 'The review is kept and runs after the time that the message names.',
    do: 'Nothing: it resumes by itself.',
  },
  GITHUB_UNAVAILABLE: {
    happened: 'GitHub answered with a server error, or not at all.',
    stillWorks: 'The review is kept and tried again with growing pauses.',
    do: 'Nothing at first; https://www.githubstatus.com shows incidents.',
  },
  GITHUB_FORBIDDEN: {
    happened: 'GitHub refused a request: a permission is missing, or the installation was removed.',
    stillWorks: 'Other repositories are reviewed as before.',
    do: 'Accept the App’s requested permissions in the installation’s settings, then `/backend-dev review`.',
  },
  GITHUB_SUSPENDED: {
    happened: 'The installation of the App is suspended.',
    stillWorks: 'What waits is kept; other installations are reviewed as before.',
    do: 'Unsuspend the App in the settings of the account or organisation: what waits is then reviewed by itself.',
  },
  GITHUB_NOT_FOUND: {
    happened: 'The pull request, repository or commit is not there, or not visible to the App.',
    stillWorks: 'Nothing was changed.',
    do: 'Check the address, and that the App is installed on the repository.',
  },
  GITHUB_REFUSED: {
    happened: 'GitHub refused a request as invalid (422).',
    stillWorks: 'Findings that could not be placed inline are listed in the summary.',
    do: '`/backend-dev review` tries again; report it with the message if it comes back.',
  },
  MODEL_OFF: {
    happened:
      'Claude’s endpoint is not set up (no ANTHROPIC_API_KEY, or what BACKEND_DEV_ENDPOINT needs), or the model was switched off.',
    stillWorks: 'All deterministic analysers ran; their findings are complete.',
    do: 'Set ANTHROPIC_API_KEY, or BACKEND_DEV_ENDPOINT and what goes with it, for findings that need judgement; `backend-dev doctor` says what is missing.',
  },
  MODEL_REFUSED: {
    happened: 'Claude declined to answer for a bundle of files.',
    stillWorks: 'Deterministic findings are complete.',
    do: '`/backend-dev review` tries again.',
  },
  MODEL_OVERLOADED: {
    happened: 'Claude answered with overload or server errors on every try.',
    stillWorks: 'Deterministic findings are complete.',
    do: '`/backend-dev review` tries again.',
  },
  MODEL_TIMEOUT: {
    happened: 'Claude did not finish within the deadline.',
    stillWorks: 'Deterministic findings are complete.',
    do: '`/backend-dev review` tries again.',
  },
  MODEL_INVALID: {
    happened: 'Claude’s answer did not fit the schema, and neither did its one repair.',
    stillWorks: 'Deterministic findings are complete.',
    do: '`/backend-dev review` tries again.',
  },
  MODEL_TRUNCATED: {
    happened: 'A request to Claude, or its answer, reached a length limit, even for a single file.',
    stillWorks: 'Deterministic findings are complete; the files concerned are named.',
    do: 'Split the change, or review the named files by hand.',
  },
  MODEL_BUDGET: {
    happened:
      'Claude has cost what it may for this pull request, or for this repository today (UTC), in dollars or tokens; the message names the budget.',
    stillWorks: 'Deterministic findings are complete; what Claude found before that is kept.',
    do: 'Raise the budget that is named: one of the repository in .github/backend-dev.yml of the base branch, `BACKEND_DEV_…BUDGET_…` in the environment of the App. A budget of a day begins anew at 00:00 UTC; a push or `/backend-dev review` asks Claude then.',
  },
  MODEL_SPEND_LIMIT: {
    happened: 'The Anthropic account’s spend limit is reached, or its credit used up.',
    stillWorks: 'Deterministic findings are complete. Claude is tried only once a minute.',
    do: 'Raise the limit or add credit in the Anthropic console; then `/backend-dev review` looks again.',
  },
  MODEL_CANCELLED: {
    happened: 'The head moved while Claude was asked, so its answer was not waited for.',
    stillWorks: 'The new head is reviewed; what was answered before is kept and not paid for again.',
    do: 'Nothing.',
  },
  MODEL_REJECTED: {
    happened:
      'Claude’s endpoint rejected the request: wrong credentials, an unknown model, or a request that it does not take.',
    stillWorks: 'Deterministic findings are complete.',
    do: 'Check the credentials (ANTHROPIC_API_KEY, or those of BACKEND_DEV_ENDPOINT) and BACKEND_DEV_MODEL; `backend-dev doctor` tests both.',
  },
  ANALYSER_FAILED: {
    happened: 'An analyser crashed or exceeded its time or memory limit on a file.',
    stillWorks: 'The other analysers reported; coverage names the file and the analyser.',
    do: 'Report the file’s shape if it comes back.',
  },
  GIT_FAILED: {
    happened: 'A git command failed: not a repository, a ref that does not exist, or a repository that is not fetched.',
    stillWorks: 'Nothing was changed.',
    do: 'Check --repo, --base and --head as the message says.',
  },
  PATCH_INVALID: {
    happened: 'What was given to `--diff` is no patch, or does not fit the files of the working tree.',
    stillWorks: 'Nothing was reviewed, and nothing was changed.',
    do: 'Give a patch whose state after it is what lies in the working tree: `git diff | backend-dev review --diff -`.',
  },
  JOB_EXHAUSTED: {
    happened: 'A review failed on every try and was put aside.',
    stillWorks: 'The queue goes on; the check says "not reviewed".',
    do: '`/backend-dev review` starts anew; the log names the last error.',
  },
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error with a documented code. `message` says what happened here, with names and numbers. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;

  constructor(code: ErrorCode, message: string, options: { retry?: Retry; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retry = options.retry ?? 'never';
  }
}

/** What a worker does after any error: an unknown one may be a passing fault, so it is tried again with growing pauses. */
export function decideRetry(error: unknown): Retry {
  return error instanceof AppError ? error.retry : 'backoff';
}

/** The message a person may see: never a stack, never an unknown value's internals. */
export function describeError(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`;
  const fault = describeFileFault(error);
  if (fault !== null) return `${(error as NodeJS.ErrnoException).path ?? 'a file'}: ${fault}`;
  return error instanceof Error ? error.message : String(error);
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user has no access to it',
  EPERM: 'this user has no access to it',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
};

/** Why a file could not be read or written, in plain words; null for what is no such fault. */
export function describeFileFault(error: unknown): string | null {
  return FILE_FAULTS[(error as NodeJS.ErrnoException | null)?.code ?? ''] ?? null;
}

/** The same, with the error's own words where there are no plainer ones. */
export function describeFileError(error: unknown): string {
  return describeFileFault(error) ?? describeError(error);
}
