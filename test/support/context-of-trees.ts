import { outlineFile } from '../../src/analysis/outline/outline-file.ts';
import type { SelectedFile } from '../../src/change/selected-file.ts';
import type { Context } from '../../src/context/context.ts';
import { findContext } from '../../src/context/find-context.ts';
import type { Kind } from '../../src/context/kinds.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { decideSelection } from '../../src/scope/select.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { createMemoryRepository } from './memory-repository.ts';

export type Texts = Record<string, string>;

/** Context of everything that differs between two trees. */
export async function findIn(
  base: Texts,
  head: Texts,
  mostChars = 20_000,
  without: readonly Kind[] = [],
): Promise<Context> {
  const paths = Object.keys(head).filter((path) => head[path] !== base[path]);
  const files = paths.map((path): SelectedFile => {
    const selection = decideSelection(path);
    const text = head[path] ?? '';
    return {
      path,
      kind: 'kind' in selection ? selection.kind : 'config',
      text: maskText(text),
      hunks: diffTexts(base[path] ?? '', text),
    };
  });
  const removed = Object.keys(base).filter((path) => head[path] === undefined);
  const repository = createMemoryRepository({ head, base });
  const outline = (texts: readonly { path: string; text: string }[]) =>
    Promise.all(texts.map((text) => outlineFile(text, () => undefined)));
  return await findContext(files, { repository, outline }, { mostChars, removed, without: new Set(without) });
}

/** One line for each piece: what it is, and where. */
export function showPieces({ pieces }: Context): string[] {
  return pieces.map(({ role, path, startLine, endLine }) => `${role}: ${path} ${startLine}-${endLine}`);
}
