import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change, ChangedFile } from '../change/change.ts';
import { decideSelection, isTest } from '../scope/select.ts';
import { isComment } from '../text/is-comment.ts';
import { editFindings } from './edit-findings.ts';

/**
 * A specification that is made of annotations in comments: where the change writes no code but such comments, the service does what it
 * did, and only its description is another one. What breaks by it is only suspected. `texts` are those of the change's files at its
 * head, by path. Source of the annotations: github.com/swaggo/swag, "Declarative Comments Format"; github.com/Surnet/swagger-jsdoc.
 */
export async function doubtDescribed(
  analyses: readonly FileAnalysis[],
  { files }: Pick<Change, 'files'>,
  texts: ReadonlyMap<string, string>,
): Promise<FileAnalysis[]> {
  const code = files.filter((file) => isCode(file) && !GENERATED.test((texts.get(file.path) ?? '').slice(0, HEAD)));
  const written = code.flatMap(listWritten);
  const onlyDescribes =
    // Of a file whose patch is too large nobody knows what was written.
    code.every(({ hunks }) => hunks !== null) &&
    written.every((line) => line.trim() === '' || isComment(line)) &&
    written.some((line) => ANNOTATION.test(line));
  if (!onlyDescribes) return [...analyses];
  return await editFindings(
    analyses,
    ({ source }) => source === 'contracts',
    async (finding) => ({ ...finding, confidence: 'low', explanation: `${finding.explanation} ${DOUBT}` }),
  );
}

const DOUBT = 'Of the code, only comments change with it, so what callers get may have been so before.';

/** `// @Param id path int true "Order"`, `* @openapi` */
const ANNOTATION =
  /^\s*(?:\/\/|\*|#)\s*@(?:[Pp]aram|[Ss]uccess|[Ff]ailure|[Rr]outer|[Ss]ecurity|[Aa]ccept|swagger|openapi)\b/;

/** Source: go.dev/s/generatedcode; swag writes it behind the name of the package. */
const GENERATED = /^\/\/ .*[Cc]ode generated/m;
const HEAD = 500;

function isCode({ path }: ChangedFile): boolean {
  const selection = decideSelection(path);
  const isProgram = 'kind' in selection && ['typescript', 'javascript', 'python', 'go'].includes(selection.kind);
  return isProgram && !isTest(path);
}

function listWritten({ hunks }: ChangedFile): string[] {
  return (hunks ?? []).flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'context')).map(({ text }) => text);
}
