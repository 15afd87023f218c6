import type { Type } from '../form.ts';
import { childOf, readSyntax } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import type { Annotation } from './annotation.ts';
import { AROUND, LISTS, MAPS, NOTHING, PLAIN, shortTypeName, TEXTS } from './known-types.ts';
import { lowerString } from './literals.ts';
import { resolveName } from './names.ts';
import { firstPart, partsOf, type Scope, textOf } from './scope.ts';

/** The type of a parameter, field or variable. */
export function lowerAnnotation(node: Syntax, scope: Scope): Annotation {
  const bare = bareType(node);
  const named = scope.file.annotated.get(textOf(bare, scope));
  if (named) return named;
  const { name, of } = readGeneric(bare, scope);
  const decorators = name === 'Annotated' ? of.slice(1).map((one) => scope.file.expression(bareType(one), scope)) : [];
  return { type: lowerType(bare, scope), decorators };
}

/** Null: it says nothing of the value, as `Any` and `None` do. */
export function lowerType(node: Syntax, scope: Scope): Type | null {
  const bare = bareType(node);
  if (bare.kind === 'string') return lowerQuoted(bare, scope);
  if (bare.kind === 'binary_operator' || bare.kind === 'union_type') return joinTypes(partsOf(bare), scope);
  const { written, name, of } = readGeneric(bare, scope);
  if (name === null) return null;
  const known = of.length > 0 ? lowerGeneric(name, of, scope) : lowerNamed(name);
  if (known !== undefined) return known;
  return { kind: 'named', name: written, of: of.map((one) => lowerType(one, scope)).filter((one) => one !== null) };
}

function bareType(node: Syntax): Syntax {
  let at = node;
  while (at.kind === 'type' || at.kind === 'parenthesized_expression' || at.kind === 'constrained_type') {
    const inner = firstPart(at);
    if (!inner) break;
    at = inner;
  }
  return at;
}

interface Generic {
  written: string;
  /** By its imports; null: it is no name. */
  name: string | null;
  of: readonly Syntax[];
}

function readGeneric(node: Syntax, scope: Scope): Generic {
  const of: Syntax[] = [];
  let head: Syntax | null = node;
  if (node.kind === 'generic_type') {
    head = firstPart(node);
    for (const child of node.children) if (child.kind === 'type_parameter') of.push(...partsOf(child));
  } else if (node.kind === 'subscript') {
    head = childOf(node, 'value');
    for (const child of node.children) if (child.field === 'subscript') of.push(child);
  } else if (node.kind === 'call') head = childOf(node, 'function');
  const named = head?.kind === 'identifier' || head?.kind === 'attribute' || head?.kind === 'member_type';
  const written = head && named ? textOf(head, scope) : '';
  return { written, name: written ? shortTypeName(resolveName(written, scope)) : null, of };
}

function lowerNamed(name: string): Type | null | undefined {
  if (TEXTS.has(name)) return { kind: 'text', values: null };
  if (PLAIN.has(name)) return { kind: 'plain' };
  if (NOTHING.has(name)) return null;
  if (LISTS.has(name.toLowerCase())) return { kind: 'list', of: null };
  if (MAPS.has(name.toLowerCase())) return { kind: 'map', of: null };
  if (name === 'Callable') return { kind: 'function', returns: null };
  return AROUND.has(name) ? null : undefined;
}

function lowerGeneric(name: string, of: readonly Syntax[], scope: Scope): Type | null | undefined {
  const at = (index: number): Type | null => (of[index] ? lowerType(of[index], scope) : null);
  const around = AROUND.get(name);
  if (around !== undefined) return at(around);
  if (name === 'Union') return joinTypes(of, scope);
  if (name === 'Literal') return lowerLiteral(of, scope);
  if (name === 'Callable') return { kind: 'function', returns: at(1) };
  const lower = name.toLowerCase();
  // Of a generator only the first type is what it gives.
  if (lower.endsWith('generator')) return { kind: 'list', of: at(0) };
  if (LISTS.has(lower)) return { kind: 'list', of: joinTypes(of, scope) };
  return MAPS.has(lower) ? { kind: 'map', of: at(1) } : undefined;
}

function joinTypes(nodes: readonly Syntax[], scope: Scope): Type | null {
  const all = new Map<string, Type>();
  for (const node of nodes) {
    const type = lowerType(node, scope);
    if (type) all.set(JSON.stringify(type), type);
    // Something that says nothing may be anything.
    else if (!isNone(node)) return null;
  }
  const of = [...all.values()].flatMap((one) => (one.kind === 'union' ? one.of : [one]));
  return of.length > 1 ? { kind: 'union', of } : (of[0] ?? null);
}

/** `None` itself, and the `…` of `tuple[str, ...]`. */
function isNone(node: Syntax): boolean {
  const { kind } = bareType(node);
  return kind === 'none' || kind === 'ellipsis';
}

function lowerLiteral(of: readonly Syntax[], scope: Scope): Type {
  const texts: string[] = [];
  let others = 0;
  for (const one of of) {
    const bare = bareType(one);
    const value = bare.kind === 'string' ? lowerString(bare, scope) : null;
    if (value?.kind === 'text') texts.push(value.value);
    else others++;
  }
  const text: Type = { kind: 'text', values: texts };
  if (others === 0) return text;
  return texts.length === 0 ? { kind: 'plain' } : { kind: 'union', of: [text, { kind: 'plain' }] };
}

/** `"User | None"`: a type in quotes, because its name comes later. */
function lowerQuoted(node: Syntax, scope: Scope): Type | null {
  const [, only, end] = node.children;
  // Mostly it is a plain name, which needs no parser.
  if (only && end?.kind === 'string_end' && /^[A-Za-z_][\w.]*$/.test(textOf(only, scope))) {
    return lowerType({ ...only, kind: 'identifier' }, scope);
  }
  const content = lowerString(node, scope);
  if (content.kind !== 'text' || content.value.trim() === '') return null;
  const { root } = readSyntax('python', content.value.trim());
  const statement = firstPart(root);
  const inner = statement?.kind === 'expression_statement' ? firstPart(statement) : null;
  // Within quotes there are no further ones: a text stands there for nothing.
  if (!inner || inner.kind === 'string') return null;
  return lowerType(inner, { ...scope, file: { ...scope.file, text: content.value.trim() } });
}
