import { type Hunk, revertPatch } from '../diff/patch.ts';
import { findKeyLines } from './find-private-keys.ts';
import { looksRandom } from './judge-value.ts';
import { type MaskedText, maskSpans } from './masked-text.ts';
import type { Secret } from './secret.ts';

/** A file as it may be shown: head, diff and base with every credential masked. Lines keep their numbers. */
export interface MaskedFile {
  text: MaskedText;
  hunks: Hunk[] | null;
  /** The text before the change; null where hunks and head do not fit. */
  base: MaskedText | null;
}

export interface SearchedFile<S extends Secret> {
  masked: MaskedFile;
  /** In the head; and in the base, where it is known. */
  secrets: S[];
  before: S[];
  /** Values that cannot stand for anything else, to be masked in what people wrote beside the file. */
  values: string[];
}

type Find<S extends Secret> = (text: string) => Promise<S[]>;

/**
 * The one step after which a file's text is safe: it is searched before line numbers, marks or cuts are put into it, and
 * whatever is made of it afterwards is made of the masked text. Removed lines were pushed once: they are searched with the
 * text they stood in, so that a key of several lines is known as one.
 */
export async function maskFile<S extends Secret>(
  file: { text: string; hunks: Hunk[] | null },
  find: Find<S>,
): Promise<SearchedFile<S>> {
  const hunks = file.hunks ?? [];
  const base = hunks.length > 0 ? revertPatch(file.text, hunks) : null;
  const secrets = await find(file.text);
  const before = base === null ? [] : await find(base);
  const values = new Set([...listValues(file.text, secrets), ...(base === null ? [] : listValues(base, before))]);
  const text = maskValues(file.text, secrets, values);
  const old = base === null ? null : maskValues(base, before, values);
  const masked = {
    text,
    base: old,
    hunks: file.hunks && (await maskHunks(file.hunks, { text, old }, find, values)),
  };
  return { masked, secrets, before, values: [...values] };
}

function listValues(text: string, secrets: readonly Secret[]): string[] {
  return secrets.map(({ start, end }) => text.slice(start, end)).filter((value) => looksRandom(value));
}

/** A text without its secrets, and without what was found to be one elsewhere. */
function maskValues(text: string, secrets: readonly Secret[], values: ReadonlySet<string>): MaskedText {
  return maskSpans(text, [...secrets, ...findValues(text, values)]);
}

/** A text of people, in which values that were found in files are masked as well. */
export function maskKnown(text: MaskedText, values: ReadonlySet<string>): MaskedText {
  return maskSpans(text, findValues(text, values));
}

/** By whole words, so that the time does not grow with the number of values. */
function findValues(text: string, values: ReadonlySet<string>): { start: number; end: number; shown: string }[] {
  if (values.size === 0) return [];
  return [...text.matchAll(/[^\s"'`=:;,&@()<>{}[\]|]{8,}/g)].flatMap(({ 0: word, index }) => {
    const clean = word.replace(/[.!?]$/, '');
    const value = values.has(word) ? word : values.has(clean) ? clean : null;
    return value === null ? [] : [{ start: index, end: index + value.length, shown: '' }];
  });
}

/** Lines of the diff are lines of head or base. Where the patch does not fit the head, its lines are searched for themselves. */
async function maskHunks(
  hunks: readonly Hunk[],
  { text, old }: { text: string; old: string | null },
  find: Find<Secret>,
  values: ReadonlySet<string>,
): Promise<Hunk[]> {
  if (old !== null || hunks.length === 0) {
    const [now, before] = [text.split('\n'), (old ?? '').split('\n')];
    return hunks.map((hunk) => ({
      ...hunk,
      lines: hunk.lines.map((line) => ({
        ...line,
        text: (line.newLine === null ? before[(line.oldLine ?? 0) - 1] : now[line.newLine - 1]) ?? '',
      })),
    }));
  }
  return await Promise.all(
    hunks.map(async (hunk) => {
      const alone = hunk.lines.map((line) => line.text).join('\n');
      const searched = maskSpans(alone, [
        ...(await find(alone)),
        ...findKeyLines(alone),
        ...findValues(alone, values),
      ]).split('\n');
      return { ...hunk, lines: hunk.lines.map((line, index) => ({ ...line, text: searched[index] ?? '' })) };
    }),
  );
}
