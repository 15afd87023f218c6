import { createRequire } from 'node:module';
import type { Parser, Tree } from '@vscode/tree-sitter-wasm';
import type { Span } from './form.ts';
import type { Syntax } from './syntax-node.ts';
import { bindNonNull, isMisbound } from './typescript/non-null.ts';

/** The grammars that we have, by the name of their file. */
export type GrammarName = 'typescript' | 'tsx' | 'python' | 'go';

const require = createRequire(import.meta.url);
// A CommonJS file whose names `import` does not see.
const { Language, Parser: TreeParser } =
  require('@vscode/tree-sitter-wasm') as typeof import('@vscode/tree-sitter-wasm');
const parsers = new Map<GrammarName, Parser>();
const namedKinds: Record<GrammarName, Reading['named']> = { typescript: [], tsx: [], python: [], go: [] };
let started: Promise<void> | null = null;

/**
 * The parser's own functions, as far as a tree is read: each takes the address of the tree, and moves or asks the one cursor that the
 * module keeps. `TreeCursor` copies that cursor in and out of the module for each question, which took half of the time of a tree.
 */
interface CursorCalls {
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_named_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_missing_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_delete_wasm(tree: number): void;
}

/** `init` fills it in. */
const calls = {} as CursorCalls;

/** Loads the parser and its grammars (WebAssembly; nothing native runs). To be awaited once before `readSyntax`. */
export async function loadGrammars(names: readonly GrammarName[]): Promise<void> {
  await (started ??= TreeParser.init(calls as unknown as Parameters<typeof TreeParser.init>[0]));
  for (const name of names.filter((one) => !parsers.has(one))) {
    const parser = new TreeParser();
    parser.setLanguage(await Language.load(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`)));
    parsers.set(name, parser);
  }
}

/** More nested than any person writes: the parser's own stack would end. */
const DEEPEST = 1500;

/** No person writes it so: it is told, and the file's data is not followed. */
export class TooDeep extends Error {
  constructor() {
    super('it is nested too deeply');
  }
}

/**
 * A text has led the parser's own memory astray (Python's scanner keeps 1,024 bytes for its indents, and WebAssembly is built
 * without the check): whatever it reads from now on is worth nothing, so the process must end.
 */
export class ParserBroken extends Error {
  constructor() {
    super('the parser was led astray');
  }
}

/** Read after each text: a parser that does not get this right is broken. */
const CANARY: Record<GrammarName, string> = {
  typescript: 'x = 1\n',
  tsx: 'x = 1\n',
  python: 'x = 1\n',
  go: 'package a\n',
};

function checkParser(parser: Parser, canary: string): void {
  try {
    const tree = parser.parse(canary);
    const isWhole = tree !== null && !tree.rootNode.hasError && tree.rootNode.endIndex >= canary.length - 1;
    tree?.delete();
    if (isWhole) return;
  } catch {
    // Told below.
  }
  throw new ParserBroken();
}

/** Rules and the form ask for the tree of one text one after the other. */
let last: { name: GrammarName; text: string; read: { root: Syntax; errors: number } } | null = null;

/** @throws TooDeep when the text is nested more deeply than 1,500 nodes; ParserBroken */
export function readSyntax(name: GrammarName, text: string): { root: Syntax; errors: number } {
  if (last?.name === name && last.text === text) return last.read;
  last = null;
  const read = readAndCheck(name, text);
  last = { name, text, read };
  return read;
}

function readAndCheck(name: GrammarName, text: string): { root: Syntax; errors: number } {
  const parser = parsers.get(name);
  if (!parser) throw new Error(`grammar ${name} was not loaded`);
  try {
    return readTree(parser, name, text);
  } finally {
    // What it threw, if it did, says less than that.
    checkParser(parser, CANARY[name]);
  }
}

function readTree(parser: Parser, name: GrammarName, text: string): { root: Syntax; errors: number } {
  const tree = parser.parse(name === 'go' ? text.replace(NEW_OF_VALUE, 'neW(') : text);
  if (!tree) throw new Error(`the parser of ${name} gave no tree`);
  const { types: kinds, fields } = tree.language;
  const reading: Reading = {
    tree: addressOf(tree),
    kinds,
    fields,
    named: namedKinds[name],
    errors: 0,
    misbound: false,
  };
  // Puts the cursor on the root.
  tree.walk();
  try {
    const root = readNode(reading, 0);
    return { root: reading.misbound ? bindNonNull(root) : root, errors: reading.errors };
  } finally {
    calls._ts_tree_cursor_delete_wasm(reading.tree);
    tree.delete();
  }
}

function addressOf(tree: Tree): number {
  return (tree as unknown as [number])[0];
}

/** Since Go 1.26 `new` takes values as well: `new(name(id))`, `new("x")`. The grammar reads a type there, and loses its way. */
const NEW_OF_VALUE = /\bnew\((?=["`'\d!&-]|(?!(?:func|struct|interface)\b)[A-Za-z_][\w.]*(?:[({]|\s*[-+*/%<>=!&|]))/g;

interface Reading {
  tree: number;
  /** Names of kinds and of fields by their number. */
  kinds: readonly (string | undefined)[];
  fields: readonly (string | null)[];
  /** By the number of a kind: each property of a node that is asked for is a call into the parser, so a kind is asked once. */
  named: (boolean | undefined)[];
  errors: number;
  /** Of TypeScript: a `!` is bound to more than its operand. */
  misbound: boolean;
}

function readNode(reading: Reading, depth: number): Syntax {
  if (depth > DEEPEST) throw new TooDeep();
  const { tree, kinds, fields } = reading;
  const id = calls._ts_tree_cursor_current_node_type_id_wasm(tree);
  const kind = kinds[id] ?? 'ERROR';
  const start = calls._ts_tree_cursor_start_index_wasm(tree);
  const end = calls._ts_tree_cursor_end_index_wasm(tree);
  // What is missing has no length.
  if (kind === 'ERROR' || (start === end && calls._ts_tree_cursor_current_node_is_missing_wasm(tree) === 1))
    reading.errors++;
  const children: Syntax[] = [];
  const node: Syntax = {
    kind,
    field: fields[calls._ts_tree_cursor_current_field_id_wasm(tree)] ?? null,
    named: (reading.named[id] ??= calls._ts_tree_cursor_current_node_is_named_wasm(tree) === 1),
    start,
    end,
    children,
  };
  if (calls._ts_tree_cursor_goto_first_child_wasm(tree) === 1) {
    do children.push(readNode(reading, depth + 1));
    while (calls._ts_tree_cursor_goto_next_sibling_wasm(tree) === 1);
    calls._ts_tree_cursor_goto_parent_wasm(tree);
  }
  if (isMisbound(node)) reading.misbound = true;
  return node;
}

export function spanOf({ start, end }: Pick<Syntax, 'start' | 'end'>): Span {
  return [start, end];
}

export function childOf(node: Syntax, field: string): Syntax | null {
  return node.children.find((child) => child.field === field) ?? null;
}

export function childrenOf(node: Syntax, field: string): Syntax[] {
  return node.children.filter((child) => child.field === field);
}

/** Without keywords, marks and comments. */
export function namedOf(node: Syntax): Syntax[] {
  return node.children.filter((child) => child.named && child.kind !== 'comment');
}
