import { type Hunk, revertPatch } from '../diff/patch.ts';
import { createKnownSearch } from './create-known-search.ts';
import { listValues } from './list-values.ts';
import { type MaskedText, maskSpans, type Span } from './masked-text.ts';
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
  const findKnown = createKnownSearch(values);
  const mask = (whole: string, own: readonly Secret[]): MaskedText => maskSpans(whole, [...own, ...findKnown(whole)]);
  const text = mask(file.text, secrets);
  const old = base === null ? null : mask(base, before);
  const masked = {
    text,
    base: old,
    hunks: file.hunks && (await maskHunks(file.hunks, { text, old }, find, findKnown)),
  };
  return { masked, secrets, before, values: [...values] };
}

/** Lines of the diff are lines of head or base. Where the patch does not fit the head, its lines are searched for themselves. */
async function maskHunks(
  hunks: readonly Hunk[],
  { text, old }: { text: string; old: string | null },
  find: Find<Secret>,
  findKnown: (text: string) => Span[],
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
      const searched = maskSpans(alone, [...(await find(alone)), ...findKnown(alone)]).split('\n');
      return { ...hunk, lines: hunk.lines.map((line, index) => ({ ...line, text: searched[index] ?? '' })) };
    }),
  );
}
