import type { ASTNode, DocumentNode, NameNode } from 'graphql';
import type { Place, Span } from '../hit.ts';

/** Where each part of a schema stands, by its coordinate: `Query`, `Query.orders`, `Query.orders.first`. */
export function indexSpans(document: DocumentNode): Map<string, Span> {
  const spans = new Map<string, Span>();
  const add = (coordinate: string, node: ASTNode & { name?: NameNode | undefined }): void => {
    const startLine = node.name?.loc?.startToken.line ?? node.loc?.startToken.line ?? 1;
    // A type that is extended again and again stands where it was met first.
    if (!spans.has(coordinate)) spans.set(coordinate, { startLine, endLine: endOf(node) ?? startLine });
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name) continue;
    const type = definition.name.value;
    add(type, definition);
    for (const part of [...partsOf(definition, 'fields'), ...partsOf(definition, 'values')]) {
      add(`${type}.${part.name.value}`, part);
      for (const argument of partsOf(part, 'arguments'))
        add(`${type}.${part.name.value}.${argument.name.value}`, argument);
    }
  }
  return spans;
}

type Named = ASTNode & { name: NameNode };

function partsOf(node: ASTNode, key: string): readonly Named[] {
  const parts: unknown = Reflect.get(node, key);
  return Array.isArray(parts) ? (parts as Named[]) : [];
}

function endOf(node: ASTNode): number | undefined {
  const token = node.loc?.endToken;
  // A block string ends lines below where it begins.
  return token && token.line + (token.kind === 'BlockString' ? token.value.split('\n').length : 0);
}

/** The place of a coordinate and of what it stands in. */
export function placeAt(coordinate: string, base: ReadonlyMap<string, Span>, head: ReadonlyMap<string, Span>): Place {
  const parts = coordinate.split('.');
  const at = (count: number): Place | null => {
    if (count === 0) return null;
    const name = parts.slice(0, count).join('.');
    const up = at(count - 1);
    const place = { base: base.get(name) ?? null, head: head.get(name) ?? null, up };
    return count === 1 ? { ...place, owner: true } : place;
  };
  return at(parts.length) ?? { base: null, head: null, up: null };
}
