import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change, ChangedFile } from '../change/change.ts';
import type { RawFinding } from '../findings/finding.ts';
import { decideSelection } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { editFindings } from './edit-findings.ts';

type Defined = NonNullable<RawFinding['defined']>;

/**
 * A type, or a field of one, that is gone from one file of a schema is not gone where the change writes it into another file of the
 * same kind: `extend type Order { note: String }`, a message that has a file of its own now.
 */
export async function dropRedefined(
  analyses: readonly FileAnalysis[],
  { files }: Pick<Change, 'files'>,
): Promise<FileAnalysis[]> {
  return await editFindings(
    analyses,
    ({ defined }) => defined !== undefined,
    async ({ defined, ...finding }, path) => {
      const kind = kindOf(path);
      const others = files.filter((file) => file.path !== path && kindOf(file.path) === kind);
      return defined && others.some((file) => defines(file, defined)) ? null : finding;
    },
  );
}

function kindOf(path: string): string | null {
  const selection = decideSelection(path);
  return 'kind' in selection ? selection.kind : null;
}

/** Whether the change wrote it into this file. */
function defines({ hunks }: ChangedFile, { type, member }: Defined): boolean {
  const name = escapeRegExp(type.replace(/^.*\./, ''));
  const head = new RegExp(
    `^\\s*(?:extend\\s+)?(?:type|interface|input|enum|union|scalar|message|service)\\s+${name}\\b`,
  );
  const field = member === null ? null : new RegExp(`(?:^|[{,\\s])${escapeRegExp(member)}\\s*[(:]`);
  return (hunks ?? []).some(({ lines }) => {
    let isInside = false;
    return lines.some(({ kind, text }) => {
      if (kind === 'removed') return false;
      const isHead = head.test(text);
      isInside = isHead || (isInside && !/^\s*\}/.test(text));
      if (kind !== 'added') return false;
      return field === null ? isHead : isInside && field.test(text);
    });
  });
}
