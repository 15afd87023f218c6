import type { Content } from '../change/change.ts';
import type { Side } from '../change/repository.ts';
import { decideSelection } from '../scope/select.ts';
import type { Ports } from './ports.ts';
import { type Source, toSource } from './source.ts';

/** Files that are read for one context, and characters of them. */
const MOST_FILES = 90;
const MOST_TEXT = 3_000_000;
/** Longer files are data or generated: looking for a name in them costs more than it tells. */
const MOST_FILE = 250_000;

export interface Files {
  /** Those of the paths that can be read and shown. Each is read once. */
  open(side: Side, paths: readonly string[]): Promise<Source[]>;
  /** A file that is known already. */
  add(source: Source): void;
  /** What was not read, in words. */
  missing(): string[];
}

/** Reads, masks and outlines what is asked for, within a bound for all of it. Tests, generated and others' code is not opened. */
export function openFiles({ repository, outline }: Ports): Files {
  const known = new Map<string, Source | null>();
  const problems = new Map<string, number>();
  let [files, characters] = [0, 0];
  const keyOf = (side: Side, path: string): string => `${side} ${path}`;
  const miss = (why: string, count = 1): void => {
    problems.set(why, (problems.get(why) ?? 0) + count);
  };
  return {
    add: (source) => void known.set(keyOf(source.side, source.path), source),
    missing: () => [...problems].map(([why, count]) => (count === 1 ? `1 file: ${why}` : `${count} files: ${why}`)),
    open: async (side, paths) => {
      const unknown = [...new Set(paths)].filter((path) => !known.has(keyOf(side, path)) && isWorthwhile(path));
      const wanted = unknown.slice(0, Math.max(0, characters > MOST_TEXT ? 0 : MOST_FILES - files));
      if (unknown.length > wanted.length) miss('enough was read', unknown.length - wanted.length);
      files += wanted.length;
      if (wanted.length > 0) {
        const contents = await (side === 'head' ? repository.readHead(wanted) : repository.readBase(wanted));
        const texts = wanted.flatMap((path) => readText(path, contents.get(path)));
        const outlined = await outline(texts);
        for (const [index, { path, text }] of texts.entries()) {
          const one = outlined[index];
          characters += text.length;
          if (!one || 'reason' in one) miss(one?.reason ?? 'it could not be read');
          else known.set(keyOf(side, path), toSource(path, side, one.text, one.outline));
        }
        for (const path of wanted) if (!known.has(keyOf(side, path))) known.set(keyOf(side, path), null);
      }
      return [...new Set(paths)].flatMap((path) => known.get(keyOf(side, path)) ?? []);
    },
  };
}

function readText(path: string, content: Content | undefined): { path: string; text: string }[] {
  return content?.kind === 'text' && content.text.length <= MOST_FILE ? [{ path, text: content.text }] : [];
}

/** Code that people of this repository wrote, and their schemas. */
export function isWorthwhile(path: string): boolean {
  if (path.endsWith('.prisma')) return true;
  const selection = decideSelection(path);
  return (
    'kind' in selection && !['test', 'credentials', 'workflow', 'view'].includes(selection.kind) && !selection.unjudged
  );
}
