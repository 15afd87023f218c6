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
          (texts.some((one) => addedIn(file).includes(one)) || (keeps?.(file) ?? false)),
      );
      return isThere ? { ...finding, confidence: 'low' } : finding;
    },
  );
}

/** What stands before handlers: `app.use('/orders', requireAdmin, router)`, `r.With(h.AdminOnly)`. */
const BEFORE_HANDLERS =
  /\.(?:use|with|group|get|post|put|patch|delete|all|route|handle\w*)\(|^\s*@|\b(?:dependencies|middleware\w*)\b/i;
const GUARD =
  /auth|admin|guard|require|role|perm(?:it|ission)|owner|log_?in|protect|only\b|Only|staff|member|access|policy/i;
const LIMIT = /limit|throttl|quota|max_?\w*(?:size|length)|slow_?down/i;
const TIME = /\b(?:\w*[tT]ime_?[oO]ut\w*|TIMEOUT\w*|deadline|AbortSignal\.timeout)\s*[:=(,]|\.Timeout\b/;

/** Whether a file of the change has something that may do what a line did that is gone. */
const KEEPS: Readonly<Record<'guard' | 'limit' | 'time', (file: ChangedFile) => boolean>> = {
  guard: (file) => hasNew(file, (text) => BEFORE_HANDLERS.test(text) && GUARD.test(text)),
  limit: (file) => hasNew(file, (text) => BEFORE_HANDLERS.test(text) && LIMIT.test(text)),
  time: (file) => hasNew(file, (text) => TIME.test(text)),
};

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
