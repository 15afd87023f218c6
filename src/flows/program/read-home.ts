import { decideGrammar, lowerFile } from '../../languages/lower-file.ts';
import { readSyntax, type Syntax } from '../../languages/syntax.ts';
import type { Home } from '../values/value.ts';

/**
 * Characters of the files whose form is kept, those used last: files of one change use the same ones, and a push changes few of them.
 * By path and text, which is what a blob id stands for.
 */
const MOST_KEPT = 4_000_000;
const kept = new Map<string, Home>();
let size = 0;

/**
 * A file as the interpreter takes it; null for a language that is not known.
 * @throws TooDeep, ParserBroken
 */
export async function readHome(path: string, text: string): Promise<Home | null> {
  const key = `${path}\0${text}`;
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const module = await lowerFile(path, text);
  if (!module) return null;
  const home = { path, text: withoutComments(path, text), written: text, module };
  kept.set(key, home);
  size += text.length;
  for (const [oldest, { written: old }] of kept) {
    if (size <= MOST_KEPT || oldest === key) break;
    kept.delete(oldest);
    size -= old.length;
  }
  return home;
}

/** What `//go:embed` and the like say is done. */
const DIRECTIVE = /^\/\/go:/;

function withoutComments(path: string, text: string): string {
  const grammar = decideGrammar(path);
  if (!grammar) return text;
  const { root } = readSyntax(grammar, text);
  let kept = '';
  let end = 0;
  const visit = (node: Syntax): void => {
    if (node.kind === 'comment') {
      if (node.start < end || DIRECTIVE.test(text.slice(node.start, node.end))) return;
      kept += text.slice(end, node.start) + text.slice(node.start, node.end).replace(/[^\n]/g, ' ');
      end = node.end;
      return;
    }
    for (const child of node.children) visit(child);
  };
  visit(root);
  return kept + text.slice(end);
}
