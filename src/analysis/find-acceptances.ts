import { type Hunk, listChangedLines } from '../diff/patch.ts';
import { inlineCode, splitLines } from '../findings/evidence.ts';

/** Somebody says in the file that a break is meant. It is the change's own word: shown, and believed by nobody. */
export interface Acceptance {
  line: number;
  by: string;
  reason: string;
  /** It stands before everything else, and is about the whole file. */
  whole: boolean;
}

export function tellAccepted({ line, by, reason }: Acceptance): string {
  return `Line ${line} says that \`${by}\` accepts this: \`${reason}\`.`;
}

/** A comment of YAML, SQL, GraphQL, protocol buffers or code; JSON has none, so it and OpenAPI have a member of that name. */
const COMMENT =
  /^\s*(?:#|--|\/\/|\/?\*+)\s*backend-dev:\s*(?:breaking )?accepted by ([^:]{1,80}):\s*(\S.*?)\s*(?:\*\/)?\s*$/i;
const MEMBER = /^(\s*)["']?x-backend-dev-breaking-accepted["']?\s*:\s*["']?([^:"']{1,80}):\s*(\S.*?)["']?,?\s*$/i;
const NOTHING = /^\s*(?:#.*|--.*|\/\/.*|\/?\*.*|---|syntax\s*=.*|\{)?\s*$/;
const MOST_LINE = 1000;

/**
 * Only what this change itself wrote: an old acceptance is of an old break.
 * @param hunks null: all of the file is looked at, so all of it counts
 */
export function findAcceptances(text: string, hunks: readonly Hunk[] | null): Acceptance[] {
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
    return [{ line, by: inlineCode(by), reason: inlineCode(reason), whole }];
  });
}

/** A line that is a comment, in any of these languages. */
export const IS_COMMENT = /^\s*(?:#|--|\/\/|\/?\*)/;
