import { type HideKnown, maskName } from '../secrets/mask-text.ts';

/** So many words in a row that are equal to our instructions are no accident. */
const ROW = 16;
/** In the place of what is taken out: never nothing, since what stands around it could close up to the same again. */
export const TAKEN_OUT = '…';

/** Takes out of every text of an answer what it was led to carry out. */
export type CleanAnswer = <T>(answer: T) => T;

/**
 * What a pull request may ask of the model and never gets: the nonce of the delimiters, passages of the instructions word for word,
 * whatever looks like a token, and what was found to be a credential.
 *
 * @param instructions ours, as they are sent
 * @param choices what an answer may be one of, word for word: the name of a principle may be as long as a passage
 */
export function createAnswerCleaner(
  instructions: readonly string[],
  nonce: string,
  hide: HideKnown = (text) => text,
  choices: readonly string[] = [],
): CleanAnswer {
  const chosen = new Set(choices);
  const rows = new Set(instructions.flatMap((text) => listRows(readWords(text)).map(({ row }) => row)));
  const clean = (text: string): string => hide(maskName(removeRows(text.replaceAll(nonce, TAKEN_OUT), rows)));
  return <T>(answer: T): T =>
    JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
      typeof value === 'string' && !chosen.has(value) ? clean(value) : value,
    ) as T;
}

interface Word {
  word: string;
  start: number;
  end: number;
}

function readWords(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** Every run of ROW words, with the place of its first one. */
function listRows(words: readonly Word[]): { row: string; at: number }[] {
  return words.slice(ROW - 1).map((_, at) => ({
    row: words
      .slice(at, at + ROW)
      .map(({ word }) => word)
      .join(' '),
    at,
  }));
}

function removeRows(text: string, rows: ReadonlySet<string>): string {
  const words = readWords(text);
  let out = '';
  let from = 0;
  for (const { row, at } of listRows(words)) {
    const [first, last] = [words[at], words[at + ROW - 1]];
    if (!rows.has(row) || !first || !last) continue;
    if (first.start >= from) out += `${text.slice(from, first.start)}${TAKEN_OUT}`;
    from = last.end;
  }
  return out + text.slice(from);
}
