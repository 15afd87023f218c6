import { createHash } from 'node:crypto';
import type { Change } from '../change/change.ts';
import type { PullRequest } from '../change/pull-request.ts';
import type { RepositoryConfig } from '../config/repository-config.ts';
import type { Hunk } from '../diff/patch.ts';
import { AppError } from '../errors.ts';
import { isOpen, type Ledger, mayBeTakenBack, pathOf } from '../ledger/ledger.ts';
import { describeConfigChange, describeUnmatched } from '../render/describe-config.ts';
import { readSaid } from '../render/render-status.ts';
import { readConfigChange } from '../scope/apply-config.ts';
import { type Coverage, type FileCoverage, listUnreviewed } from '../scope/coverage.ts';
import { decideScope, hashChange, listCarried, type Reviewed } from '../scope/scope.ts';
import type { MaskedText } from '../secrets/masked-text.ts';
import { cutText } from '../text/cut-text.ts';
import { analyseCarefully } from './analyse-carefully.ts';
import type { Forge, ReviewContext } from './forge.ts';
import { type JudgeResult, judge } from './judge.ts';
import type { Hands, Standing } from './model-reviewer.ts';
import type { ChosenModel, Reviewer } from './reviewer.ts';
import type { Judged } from './run.ts';

export interface Judging {
  github: Pick<Forge, 'readChange'>;
  pull: PullRequest;
  reviewer: Reviewer;
  chosen: ChosenModel;
  /** The repository's own definition of the agent. */
  own: ReviewContext['agent'];
  /** `.gitattributes` of the base. */
  attributes: string | null;
  config: RepositoryConfig;
  ledger: Ledger;
  commits: readonly string[];
  /** What their authors wrote. */
  messages: readonly MaskedText[];
  /** What this agent's last completed review left. */
  last: Reviewed | null;
  full: boolean;
  checkRunId: string | null;
  hands: Hands;
  reach: (stage: 'fetched' | 'analysed') => Promise<void>;
  /** Set when this run ended the App's process before. */
  careful: { avoid: ReadonlySet<string>; name: (path: string | null) => Promise<void> } | null;
  proven: Proven;
}

/** What becomes of the analysers' findings while the model is still reading. */
export interface Proven {
  /** Ends when they have waited long enough, or at the signal. */
  patience: (signal: AbortSignal) => Promise<void>;
  publish: (judged: Judged) => Promise<void>;
}

/** Characters of a comment of before, as whoever looks again is told them. */
const MOST_SAID = 2000;
/** Of one pull request: characters that are read, and findings that anything is done with. */
const LIMITS = { mostText: 30_000_000, mostFindings: 1000 };

/** Reads the change and looks at what of it must be looked at: everything that a run must not do twice. */
export async function judgePullRequest({
  github,
  pull,
  reviewer,
  chosen,
  own,
  attributes,
  config,
  ledger,
  commits,
  messages,
  last,
  full,
  checkRunId,
  hands,
  reach,
  proven,
  careful,
}: Judging): Promise<Judged> {
  const { change: listed, snapshot } = await github.readChange(pull);
  const change: Change = { ...listed, commits: messages };
  await reach('fetched');
  const parts = JSON.stringify([reviewer.version, own, attributes, config, 'off' in chosen.model]);
  const key = createHash('sha256').update(parts).digest('base64url');
  const { baseSha: base, baseRef, headSha: head } = pull;
  const [deleted, unproven] = [ledger.deleted.size > 0, ledger.unproven > 0];
  const scope = decideScope({ last, base, head, key, commits, deleted, unproven, full });
  const opened = reviewer.openAnalysis(pull);
  const altered = describeConfigChange(await readConfigChange(change, snapshot, config));
  const remember = ({ findings, coverage, disproved = [], hunks, carried, unmatched }: JudgeResult): Judged => ({
    findings,
    disproved: [...disproved],
    coverage,
    hunks: keepLineNumbers(hunks, new Set(findings.map((finding) => finding.path))),
    scope,
    notes: [describeUnmatched(unmatched), altered].filter((note) => note !== null),
    carried,
    renames: Object.fromEntries(
      change.files.flatMap(({ path, previousPath }) => (previousPath === null ? [] : [[path, previousPath]])),
    ),
    reviewed: {
      agent: reviewer.name,
      head,
      base,
      baseRef,
      key,
      complete: isComplete(coverage),
      checkRunId,
      files: rememberFiles(change, coverage.files),
    },
  });
  return remember(
    await judge({
      change,
      snapshot,
      config,
      analysis: careful ? analyseCarefully(opened, careful.avoid, careful.name) : opened,
      model: chosen.model,
      options: { attributes, repository: snapshot, foreign: pull.fork, ...LIMITS },
      hands: {
        name: `${pull.owner}/${pull.repo}#${pull.number}`,
        repository: snapshot,
        standing: listStanding(ledger, reviewer.name),
        ...hands,
      },
      carry: (files) => listCarried(scope, last, files, listSummaryOnly(ledger)),
      onAnalysed: () => reach('analysed'),
      meanwhile: (work, prove) => outwait(work, proven.patience, () => proven.publish(remember(prove()))),
    }),
  );
}

/** Does something meanwhile when a work takes longer than patience lasts. A fault in that is no fault of the work. */
async function outwait(
  work: Promise<unknown>,
  patience: Proven['patience'],
  meanwhile: () => Promise<void>,
): Promise<void> {
  const waiting = new AbortController();
  const done = work.then(
    () => true,
    () => true,
  );
  const isDone = await Promise.race([done, patience(waiting.signal).then(() => false)]);
  waiting.abort();
  if (isDone) return;
  try {
    await meanwhile();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Files whose open findings stand in the summary alone. */
function listSummaryOnly({ entries }: Ledger): Set<string> {
  return new Set(entries.flatMap(({ record, thread }) => (!thread && isOpen(record) ? [record.path] : [])));
}

/** Comments of the model that stand open on a line, to be looked at again. What is outdated or has no line says when it is gone. */
function listStanding({ entries }: Ledger, agent: string): Standing[] {
  return entries.flatMap(({ record, thread, seal }) => {
    const { id, rule: ruleId, principle, cwe, severity, title } = record;
    if (!mayBeTakenBack({ record, seal }, agent) || !isOpen(record) || !thread) return [];
    const { line, side, outdated, first } = thread;
    if (line === null || outdated) return [];
    const own = { id, path: pathOf(record), side, line, ruleId, principle, cwe, severity, title };
    return [{ ...own, explanation: cutText(readSaid(first.body), MOST_SAID, '…') }];
  });
}

function isComplete(coverage: Coverage): boolean {
  const judged = coverage.model.status === 'off' || coverage.model.status === 'complete';
  return judged && coverage.unlisted === 0 && listUnreviewed(coverage).length === 0;
}

function rememberFiles(change: Change, coverage: readonly FileCoverage[]): Reviewed['files'] {
  const byPath = new Map(coverage.map((file) => [file.path, file]));
  return Object.fromEntries(
    change.files.flatMap((file) => {
      const known = byPath.get(file.path);
      return known ? [[file.path, { hash: hashChange(file), coverage: known }]] : [];
    }),
  );
}

/** What anchoring needs later: line numbers, no text, and only of files with findings. */
function keepLineNumbers(
  hunks: ReadonlyMap<string, readonly Hunk[]>,
  paths: ReadonlySet<string>,
): Record<string, Hunk[]> {
  const strip = (hunk: Hunk): Hunk => ({ ...hunk, lines: hunk.lines.map((line) => ({ ...line, text: '' })) });
  return Object.fromEntries(
    [...hunks].filter(([path]) => paths.has(path)).map(([path, list]) => [path, list.map(strip)]),
  );
}
