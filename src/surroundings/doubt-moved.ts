import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change } from '../change/change.ts';
import { squeeze } from '../findings/fingerprint.ts';
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
        (file) =>
          file.path !== path &&
          !isTest(file.path) &&
          (file.hunks ?? []).some(({ lines }) =>
            lines.some(({ kind, text }) => kind === 'added' && texts.some((one) => squeeze(text).includes(one))),
          ),
      );
      return isThere ? { ...finding, confidence: 'low' } : finding;
    },
  );
}
