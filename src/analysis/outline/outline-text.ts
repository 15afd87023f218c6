import type { FileKind } from '../../change/source-file.ts';
import { decideSelection } from '../../scope/select.ts';
import { decideLanguage, parseSource } from '../languages.ts';
import { NO_OUTLINE, type Outline } from './outline.ts';
import { outlinePrisma, outlineSql } from './outline-schema.ts';
import { outlineTree } from './outline-tree.ts';

/** The largest text that is outlined: larger ones are data, whatever their name. */
const MOST_TEXT = 600_000;

/** The outline of a text, by the language of its path. In other languages it is empty. */
export function outlineText(path: string, text: string): Outline {
  if (text.length > MOST_TEXT) return NO_OUTLINE;
  const kind = kindOf(path);
  const language = kind && decideLanguage(kind);
  if (language) return outlineTree(parseSource(language, { kind, path, text }), language);
  if (kind === 'sql') return outlineSql(text);
  return path.endsWith('.prisma') ? outlinePrisma(text) : NO_OUTLINE;
}

/** Tests are code, too. */
function kindOf(path: string): FileKind | null {
  const selection = decideSelection(path, { testsAreCode: true });
  return 'kind' in selection ? selection.kind : null;
}
