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
    ({ moved }) => moved !== undefined,
    async ({ moved = [], ...finding }, path) => {
      const texts = moved.map(squeeze);
      const isThere = files.some(
        (file) => file.path !== path && !isTest(file.path) && texts.some((one) => addedIn(file).includes(one)),
      );
      return isThere ? { ...finding, confidence: 'low' } : finding;
    },
  );
}

/** The lines that a change wrote into a file, each without white space: every check that is gone is looked for in them. */
const addedIn = memo(({ hunks }: ChangedFile): string => {
  const added = (hunks ?? []).flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'added'));
  return added.map(({ text }) => squeeze(text)).join('\n');
});
