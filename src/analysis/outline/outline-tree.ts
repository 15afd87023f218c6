import type { SgNode } from '@ast-grep/napi';
import { FUNCTION_KINDS, type RuleLanguage } from '../languages.ts';
import { type Declared, type OutlineLanguage, type Row, shortText } from './language.ts';
import { go } from './languages/go.ts';
import { python } from './languages/python.ts';
import { typescript } from './languages/typescript.ts';
import type { Declaration, Import, Outline, Use } from './outline.ts';

const LANGUAGES: Record<RuleLanguage, OutlineLanguage> = { typescript, python, go };
/** The most declarations and uses in an outline. Nobody writes files with more; later ones are left out. */
const MOST_DECLARATIONS = 4000;
const MOST_USES = 20_000;
const MOST_NAME = 200;
/** A longer comment above a declaration speaks of more than of it. */
const MOST_ABOVE = 25;

interface Placed {
  declared: Declared;
  /** UTF-16 units of the node itself. */
  from: number;
  to: number;
  declaration: Omit<Declaration, 'container'>;
}

/** The outline of code. Linear in the text but for sorting. */
export function outlineTree(root: SgNode, name: RuleLanguage): Outline {
  const language = LANGUAGES[name];
  const imports = readImports(root, language);
  const declarations = nest(placeAll(root, language, listFunctions(root, name)));
  return { declarations, imports, uses: findUses(root, language, declarations, imports) };
}

function findKinds(root: SgNode, kinds: readonly string[]): SgNode[] {
  return kinds.length === 0 ? [] : root.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } });
}

function readImports(root: SgNode, language: OutlineLanguage): Import[] {
  return findKinds(root, language.imports)
    .slice(0, MOST_DECLARATIONS)
    .flatMap((node) =>
      language.readImport(node).map(({ from, names }) => ({
        from: from.slice(0, MOST_NAME),
        names: names.filter(({ name, as }) => name.length <= MOST_NAME && as.length <= MOST_NAME),
        line: lineOf(node),
        endLine: node.range().end.line + 1,
      })),
    );
}

/** Where the outermost functions begin and end, in UTF-16 units. */
function listFunctions(root: SgNode, name: RuleLanguage): [number, number][] {
  let reached = -1;
  return findKinds(root, FUNCTION_KINDS[name])
    .map((node): [number, number] => [node.range().start.index, node.range().end.index])
    .sort((a, b) => a[0] - b[0] || b[1] - a[1])
    .filter(([, end]) => end > reached && (reached = end) === end);
}

function placeAll(root: SgNode, language: OutlineLanguage, functions: readonly [number, number][]): Placed[] {
  const placed: Placed[] = [];
  let at = 0;
  for (const node of findKinds(root, Object.keys(language.declarations))) {
    if (placed.length >= MOST_DECLARATIONS) break;
    const row = language.declarations[String(node.kind())];
    if (!row) continue;
    const { start, end } = node.range();
    while ((functions[at]?.[1] ?? Number.POSITIVE_INFINITY) <= start.index) at++;
    const isLocal = start.index > (functions[at]?.[0] ?? Number.POSITIVE_INFINITY);
    const all = readRow(node, row).filter(({ name, kind }) => {
      const isName = name !== '' && name.length <= MOST_NAME;
      return isName && !(isLocal && row.outside === true && (kind === 'value' || kind === 'table'));
    });
    if (all.length === 0) continue;
    const outer = widen(node, language.around);
    const [startLine, endLine] = [startOf(outer, language.before), outer.range().end.line + 1];
    for (const declared of all) {
      const headEndLine = Math.min(endLine, Math.max(startLine, headEnd(node, declared)));
      const { name, kind } = declared;
      placed.push({
        declared,
        from: start.index,
        to: end.index,
        declaration: { name, kind, startLine, endLine, headEndLine },
      });
    }
  }
  return placed.sort((a, b) => a.from - b.from || b.to - a.to);
}

function readRow(node: SgNode, { as, read }: Row): Declared[] {
  if (read) return read(node);
  const name = node.field('name')?.text();
  return name === undefined ? [] : [{ name, kind: as, body: node.field('body') }];
}

/** With `export`, decorators and the keyword, as long as they stand for this declaration alone. */
function widen(node: SgNode, around: ReadonlySet<string>): SgNode {
  let at = node;
  for (let up = at.parent(); up && around.has(String(up.kind())); up = at.parent()) {
    const isShared = up.children().filter((child) => child.kind() === node.kind()).length > 1;
    if (isShared) break;
    at = up;
  }
  return at;
}

/** The line on which its decorators and the comment right above it begin. */
function startOf(node: SgNode, before: ReadonlySet<string>): number {
  const own = node.range().start.line;
  let line = own;
  for (let at = node.prev(); at && before.has(String(at.kind())); at = at.prev()) {
    const { start, end } = at.range();
    const previous = at.prev();
    const isTrailing = previous !== null && previous.range().end.line === start.line && previous.isNamed();
    if (end.line < line - 1 || start.line < own - MOST_ABOVE || (isTrailing && start.line !== line)) break;
    line = start.line;
  }
  return line + 1;
}

function headEnd(node: SgNode, { body }: Declared): number {
  const first = node.range().start.line + 1;
  if (!body) return first;
  const line = body.range().start.line + 1;
  // A body in braces opens on the last line of the head, a block of Python after it.
  return body.kind() === 'block' && !body.text().startsWith('{') ? Math.max(first, line - 1) : line;
}

/** Each with the name of what stands around it. */
function nest(placed: readonly Placed[]): Declaration[] {
  const open: Placed[] = [];
  return placed.map((one) => {
    while (open.length > 0 && (open.at(-1)?.to ?? 0) <= one.from) open.pop();
    const around = open.findLast(({ from, to }) => from !== one.from || to !== one.to);
    // A table stands beside the class that declares it.
    if (one.declared.kind !== 'table') open.push(one);
    return { ...one.declaration, container: one.declared.container ?? around?.declared.name ?? null };
  });
}

function findUses(
  root: SgNode,
  language: OutlineLanguage,
  declarations: readonly Declaration[],
  imports: readonly Import[],
): Use[] {
  const imported = new Set(imports.flatMap(({ names }) => names.map(({ as }) => as)));
  const known = new Set([...imported, ...declarations.filter(({ kind }) => kind !== 'route').map(({ name }) => name)]);
  const uses = new Map<string, Use>();
  const add = (node: SgNode, use: Omit<Use, 'line'>): void => {
    const line = lineOf(node);
    const key = `${line} ${use.name}`;
    if (uses.size < MOST_USES && use.name.length <= MOST_NAME && !uses.has(key)) uses.set(key, { ...use, line });
  };
  const take = (node: SgNode | null): { at: SgNode; name: string; on: string | null } | null => {
    const member = node && language.members[String(node.kind())];
    const at = member ? node.field(member[1]) : node;
    const name = shortText(at, MOST_NAME);
    if (!at || name === null || !/^[\p{L}_$#][\p{L}\p{N}_$]*$/u.test(name)) return null;
    return { at, name, on: member ? (shortText(node.field(member[0]), 80) ?? '') : null };
  };
  for (const call of findKinds(root, Object.keys(language.calls))) {
    const field = language.calls[String(call.kind())] ?? '';
    const callee = field === '' ? (call.children().find((child) => child.isNamed()) ?? null) : call.field(field);
    const found = take(callee);
    if (found) add(found.at, { name: found.name, on: found.on, as: 'call' });
  }
  for (const member of findKinds(root, Object.keys(language.members))) {
    const found = take(member);
    const isType = /type/.test(String(member.kind()));
    if (found && (isType || imported.has(found.on ?? '')))
      add(found.at, { name: found.name, on: found.on, as: isType ? 'type' : 'value' });
  }
  const heads = Map.groupBy(declarations, ({ name }) => name);
  const isDeclared = (name: string, line: number): boolean =>
    (heads.get(name) ?? []).some(({ startLine, headEndLine }) => startLine <= line && line <= headEndLine);
  for (const type of findKinds(root, language.types)) {
    const name = shortText(type, MOST_NAME) ?? '';
    if (!isDeclared(name, lineOf(type))) add(type, { name, on: null, as: 'type' });
  }
  const importLines = new Set(
    imports.flatMap(({ line, endLine }) => [...Array(Math.min(endLine - line + 1, 200)).keys()].map((by) => line + by)),
  );
  for (const node of findKinds(root, language.names)) {
    const name = shortText(node, MOST_NAME) ?? '';
    if (!known.has(name) && language.isExported?.(name) !== true) continue;
    const line = lineOf(node);
    if (importLines.has(line) || isDeclared(name, line)) continue;
    add(node, { name, on: null, as: 'value' });
  }
  return [...uses.values()].sort((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1));
}

function lineOf(node: SgNode): number {
  return node.range().start.line + 1;
}
