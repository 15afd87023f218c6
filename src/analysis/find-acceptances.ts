import type { SourceFile } from '../change/source-file.ts';
import { listChangedLines } from '../diff/patch.ts';
import { inlineCode, splitLines } from '../findings/evidence.ts';
import type { RawFinding } from '../findings/finding.ts';

/**
 * Somebody says in the file that a break is meant. It is the change's own word: the finding is the least, and shows it. From a fork
 * it may be anybody's: then it is shown, and the finding stays as it was.
 */
export interface Acceptance {
  line: number;
  by: string;
  reason: string;
  /** It stands before everything else, and is about the whole file. */
  whole: boolean;
  /** Whoever wrote it may write to the repository. */
  counts: boolean;
}

/** The finding as it is told where somebody accepts it. */
export function markAccepted(finding: RawFinding, { line, by, reason, counts }: Acceptance): RawFinding {
  const said = `Line ${line} says that \`${by}\` accepts this: \`${reason}\`.`;
  const explanation = `${finding.explanation} ${said}`;
  return counts
    ? { ...finding, severity: 'low', explanation }
    : { ...finding, explanation: `${explanation} ${FROM_FORK}` };
}

const FROM_FORK = 'It comes from a fork, so it changes nothing here.';

/** A comment of YAML, SQL, GraphQL, protocol buffers or code; JSON has none, so it and OpenAPI have a member of that name. */
const COMMENT =
  /^\s*(?:#|--|\/\/|\/?\*+)\s*backend-dev:\s*(?:breaking )?accepted by ([^:]{1,80}):\s*(\S.*?)\s*(?:\*\/)?\s*$/i;
const MEMBER = /^(\s*)["']?x-backend-dev-breaking-accepted["']?\s*:\s*["']?([^:"']{1,80}):\s*(\S.*?)["']?,?\s*$/i;
const NOTHING = /^\s*(?:#.*|--.*|\/\/.*|\/?\*.*|---|syntax\s*=.*|\{)?\s*$/;
const MOST_LINE = 1000;

/**
 * Only what this change itself wrote: an old acceptance is of an old break. Without hunks all of the file is looked at, so all of it
 * counts.
 */
export function findAcceptances({
  text,
  hunks,
  foreign = false,
}: Pick<SourceFile, 'text' | 'hunks' | 'foreign'>): Acceptance[] {
  const lines = splitLines(text);
  const begin = lines.findIndex((line) => !NOTHING.test(line.slice(0, MOST_LINE)));
  const outer = lines
    .map((line) => /^(\s*)["']?(?:paths|components|info)["']?\s*:/.exec(line)?.[1])
    .find((one) => one !== undefined);
  const written = hunks ? listChangedLines(hunks).added : lines.map((_, at) => at + 1);
  return written.flatMap((line): Acceptance[] => {
    const shown = lines[line - 1] ?? '';
    if (shown.length > MOST_LINE || !/ccepted/.test(shown)) return [];
    const comment = COMMENT.exec(shown);
    const member = MEMBER.exec(shown);
    const [by, reason] = comment ? [comment[1], comment[2]] : [member?.[2], member?.[3]];
    if (by === undefined || reason === undefined) return [];
    const whole = comment ? line - 1 < begin : member?.[1] === outer;
    return [{ line, by: inlineCode(by), reason: inlineCode(reason), whole, counts: !foreign }];
  });
}

/** A line that is a comment, in any of these languages. */
export const IS_COMMENT = /^\s*(?:#|--|\/\/|\/?\*)/;
