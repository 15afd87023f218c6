/** How many levels of a PostgreSQL syntax tree are looked at; an ordinary expression has ten. */
const DEEPEST = 60;

/**
 * All objects of a tree of PostgreSQL's grammar, outer ones first.
 * @param isClosed what is neither given nor looked into
 */
export function* nodesIn(
  node: unknown,
  isClosed: (node: object) => boolean = () => false,
  depth = 0,
): Generator<object> {
  if (typeof node !== 'object' || node === null || depth > DEEPEST || isClosed(node)) return;
  yield node;
  for (const inner of Object.values(node)) yield* nodesIn(inner, isClosed, depth + 1);
}
