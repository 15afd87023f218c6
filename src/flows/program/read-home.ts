import type { Span } from '../../languages/form.ts';
import { decideGrammar, lowerFile } from '../../languages/lower-file.ts';
import { type GrammarName, loadGrammars, readSyntax } from '../../languages/syntax.ts';
import type { Syntax } from '../../languages/syntax-node.ts';
import { blankOut } from '../../text/blank-out.ts';
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
  const grammar = decideGrammar(path);
  if (!grammar) return null;
  await loadGrammars([grammar]);
  // Before the form is made: Python's types in quotes are texts of their own, and the parser keeps the tree of the last one.
  const code = withoutComments(grammar, text);
  const module = await lowerFile(path, text);
  if (!module) return null;
  const home = { path, text: code, written: text, module };
  kept.set(key, home);
  size += sizeOf(home);
  for (const [oldest, old] of kept) {
    if (size <= MOST_KEPT || oldest === key) break;
    kept.delete(oldest);
    size -= sizeOf(old);
  }
  return home;
}

/** A file with comments is kept in two texts. */
function sizeOf({ text, written }: Home): number {
  return written.length + (text === written ? 0 : text.length);
}

/** What `//go:embed` and the like say is done. */
const DIRECTIVE = /^\/\/go:/;

function withoutComments(grammar: GrammarName, text: string): string {
  const { root } = readSyntax(grammar, text);
  const spans: Span[] = [];
  const visit = (node: Syntax): void => {
    const { kind, start, end, children } = node;
    if (kind !== 'comment' && !(grammar === 'python' && isDocstring(node))) for (const child of children) visit(child);
    else if (!DIRECTIVE.test(text.slice(start, end))) spans.push([start, end]);
  };
  visit(root);
  return blankOut(text, spans);
}

/** A text that is a statement of its own does nothing; one with values in it (`f"{…}"`) may. */
function isDocstring({ kind, children: [only, ...others] }: Syntax): boolean {
  const isText = only?.kind === 'string' && !only.children.some((child) => child.kind === 'interpolation');
  return kind === 'expression_statement' && others.length === 0 && isText;
}
