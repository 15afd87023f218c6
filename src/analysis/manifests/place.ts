import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, Scalar } from 'yaml';
import type { Path, Step } from './path.ts';
import { textOf } from './text-of.ts';

/** A value of a document: where it stands, under which key, and in what. */
export interface Place {
  node: Node;
  /** Its key, where it has one. */
  key: Node | null;
  /** The text of its key; of an entry of a list that text, or its number. */
  name: string;
  above: Place | null;
}

/** Steps down that are taken from one place, and values that are looked at for one document. Manifests have a dozen and hundreds. */
const MOST_DEEP = 30;
const MOST_VISITS = 200_000;

type Child = Omit<Place, 'above'>;

function toEntry(node: Node | null, index: number): Child[] {
  const name = isScalar(node) ? textOf(node).slice(0, 200) : String(index);
  return node ? [{ node, key: null, name }] : [];
}

/** Reads one document. Aliases and merged maps (`<<`) are read as what they stand for; a cycle of them ends. */
export interface Walker {
  top: Place;
  find(from: Place, path: Path): Place[];
  /** Not all was looked at. */
  isCut(): boolean;
}

export function createWalker(document: Document, top: Node): Walker {
  let visits = 0;
  const aliases = new Map<unknown, Node | null>();
  const known = new Map<Node, Child[]>();

  /** What a node stands for. Looking an alias up takes a walk through the document, so it is done once. */
  function follow(node: unknown): Node | null {
    if (!isAlias(node)) return isNode(node) ? node : null;
    const found = aliases.get(node);
    if (found !== undefined) return found;
    aliases.set(node, null);
    const target = follow(node.resolve(document));
    aliases.set(node, target);
    return target;
  }

  function listChildren(node: Node): readonly Child[] {
    const found = known.get(node);
    if (found) return found;
    // A map that is merged into itself has nothing of itself.
    known.set(node, []);
    const children = isSeq(node) ? node.items.flatMap((item, index) => toEntry(follow(item), index)) : listKeys(node);
    known.set(node, children);
    return children;
  }

  function listKeys(node: Node): Child[] {
    if (!isMap(node)) return [];
    const own = node.items.flatMap(({ key, value }): Child[] => {
      const target = value === null ? new Scalar(null) : follow(value);
      if (!isScalar(key) || !target || key.value === '<<') return [];
      return [{ node: target, key, name: textOf(key) }];
    });
    const merged = node.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || key.value !== '<<') return [];
      return (isSeq(value) ? value.items : [value]).flatMap((one) => listChildren(follow(one) ?? new Scalar(null)));
    });
    const names = new Set(own.map(({ name }) => name));
    return [...own, ...merged.filter(({ name }) => !names.has(name) && names.add(name))];
  }

  const listBelow = (place: Place): Place[] => listChildren(place.node).map((child) => ({ ...child, above: place }));

  function step(place: Place, { go, ...rest }: Step, own: string): Place[] {
    visits += 1;
    if (visits > MOST_VISITS) return [];
    if (go === 'up') return place.above ? [place.above] : [];
    if (go === 'deep') return listAllBelow(place);
    const children = listBelow(place);
    if (go === 'any') return children;
    return children.filter(({ name }) => ('names' in rest ? rest.names.has(name) : name === own));
  }

  function listAllBelow(place: Place): Place[] {
    const all: Place[] = [];
    const visit = (at: Place, depth: number): void => {
      visits += 1;
      if (visits > MOST_VISITS || depth > MOST_DEEP) return;
      all.push(at);
      for (const child of listBelow(at)) visit(child, depth + 1);
    };
    visit(place, 0);
    return all;
  }

  const start: Place = { node: top, key: null, name: '', above: null };
  let everywhere: Map<string, Place[]> | null = null;

  /** All places of the document below keys of these names: what nearly every rule begins with. */
  function listNamed(names: ReadonlySet<string>): Place[] {
    everywhere ??= Map.groupBy(listAllBelow(start), ({ name }) => name);
    const found = everywhere;
    return [...names].flatMap((name) => found.get(name) ?? []).filter(({ above }) => above && isMap(above.node));
  }

  return {
    top: start,
    find: (from, { fromTop, steps }) => {
      const begin = fromTop ? start : from;
      const [first, second, ...rest] = steps;
      const isNamedAnywhere = begin === start && first?.go === 'deep' && second?.go === 'names';
      return (isNamedAnywhere ? rest : steps).reduce<Place[]>(
        (places, one) => places.flatMap((place) => step(place, one, from.name)),
        isNamedAnywhere ? listNamed(second.names) : [begin],
      );
    },
    isCut: () => visits > MOST_VISITS,
  };
}
