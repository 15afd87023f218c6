import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change, ChangedFile } from '../change/change.ts';
import { squeeze } from '../findings/fingerprint.ts';
import { memo } from '../languages/memo.ts';
import { isTest } from '../scope/select.ts';
import { editFindings } from './edit-findings.ts';

/** A check that is gone from a file, and that the change wrote into another one (a middleware, a service), is only suspected. */
export async function doubtMoved(analyses: readonly FileAnalysis[], { files }: Change): Promise<FileAnalysis[]> {
  return await editFindings(
    analyses,
    ({ moved, keptBy }) => moved !== undefined || keptBy !== undefined,
    async ({ moved = [], keptBy, ...finding }, path) => {
      const texts = moved.map(squeeze);
      const keeps = keptBy === undefined ? null : KEEPS[keptBy];
      const isThere = files.some(
        (file) =>
          file.path !== path &&
          !isTest(file.path) &&
          (texts.some((one) => addedIn(file).includes(one)) || (keeps?.(file, finding.symbol) ?? false)),
      );
      return isThere ? { ...finding, confidence: 'low' } : finding;
    },
  );
}

/** What stands before handlers: `app.use('/orders', requireAdmin, router)`, `r.With(h.AdminOnly)`. */
const BEFORE_HANDLERS = /\.(?:use|with|group)\(|^\s*@|\b(?:dependencies|middleware\w*)\b/i;
/** What stands before one of them: it has to be the one that lost it. */
const BEFORE_ONE = /\.(?:get|post|put|patch|delete|all|route|handle\w*)\(/i;
const GUARD =
  /auth|admin|guard|require|role|perm(?:it|ission)|owner|log_?in|protect|only\b|Only|staff|member|access|policy/i;
const LIMIT = /limit|throttl|quota|max_?\w*(?:size|length)|slow_?down/i;
const TIME = /\b(?:\w*[tT]ime_?[oO]ut\w*|TIMEOUT\w*|deadline|AbortSignal\.timeout)\s*[:=(,]|\.Timeout\b/;

/** Whether a file of the change has something that may do what a line did that is gone. */
const KEEPS: Readonly<Record<'guard' | 'limit' | 'time', (file: ChangedFile, symbol: string) => boolean>> = {
  guard: (file, symbol) => hasNew(file, (text) => GUARD.test(text) && isBefore(text, symbol)),
  limit: (file, symbol) => hasNew(file, (text) => LIMIT.test(text) && isBefore(text, symbol)),
  time: (file) => hasNew(file, (text) => TIME.test(text)),
};

function isBefore(text: string, symbol: string): boolean {
  return BEFORE_HANDLERS.test(text) || (BEFORE_ONE.test(text) && text.includes(symbol.replace(/^.*\./, '')));
}

/** Nobody writes a longer line by hand. */
const LONGEST_LINE = 500;

function hasNew({ hunks }: ChangedFile, isIt: (text: string) => boolean): boolean {
  return (hunks ?? []).some(({ lines }) =>
    lines.some(({ kind, text }) => kind === 'added' && text.length < LONGEST_LINE && isIt(text)),
  );
}

/** The lines that a change wrote into a file, each without white space: every check that is gone is looked for in them. */
const addedIn = memo(({ hunks }: ChangedFile): string => {
  const added = (hunks ?? []).flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'added'));
  return added.map(({ text }) => squeeze(text)).join('\n');
});
