/** An operation of a specification, by the lines of its text. */
export interface Operation {
  /** In upper case; `ANY`: its methods stand in another file. */
  method: string;
  path: string;
  /** 1-based. */
  line: number;
  /** Of its answers, as they are written: `404`, `4XX`, `default`. Null: they are not known. */
  statuses: string[] | null;
}

/** Nobody serves more, or under longer addresses; of a file with more nothing is known. */
const MOST_OPERATIONS = 4000;
const LONGEST_PATH = 300;

const PATH = /^(\s+)(?:- )?(["']?)(\/[^\s"']*)\2\s*:(?:\s|$)/;
const RESPONSES = /^\s+["']?responses["']?\s*:\s*\{?\s*$/;
const STATUS = /^\s+["']?(\d{3}|[1-5][xX]{2}|default)["']?\s*:/;
const CLOSING = /^\s*[}\]],?\s*$/;
const METHOD = /^(\s+)["']?(get|put|post|delete|patch|head|options)["']?\s*:(?:\s|$)/;

/**
 * What an OpenAPI file describes, YAML or printed JSON, by its indentation: the text of a stranger is not parsed here. A file in
 * another form describes nothing.
 */
export function readSpecification(text: string): Operation[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^\s*["']?paths["']?\s*:/.test(line));
  if (start < 0) return [];
  const outer = indentOf(lines[start] ?? '');
  const operations: Operation[] = [];
  let at: { path: string; indent: number; line: number; methods: number } | null = null;
  let noteStatus: ((line: string, indent: number) => void) | null = null;
  const close = (): void => {
    if (at && at.methods === 0) operations.push({ method: 'ANY', path: at.path, line: at.line, statuses: null });
    at = null;
    noteStatus = null;
  };
  let inner: number | null = null;
  let below: number | null = null;
  for (const [index, line] of lines.entries()) {
    if (index <= start || line.length > 2000 || /^\s*(?:#|$)/.test(line)) continue;
    const indent = indentOf(line);
    if ((indent <= outer && !/^\s*[}\]],?\s*$/.test(line)) || operations.length > MOST_OPERATIONS) break;
    inner ??= indent;
    const path = indent === inner ? PATH.exec(line)?.[3] : undefined;
    if (path !== undefined) {
      close();
      at = { path, indent, line: index + 1, methods: 0 };
      below = null;
      continue;
    }
    if (!at || indent <= at.indent) continue;
    below ??= indent;
    const method = indent === below ? METHOD.exec(line)?.[2] : undefined;
    if (method === undefined) {
      noteStatus?.(line, indent);
      continue;
    }
    at.methods++;
    const operation: Operation = { method: method.toUpperCase(), path: at.path, line: index + 1, statuses: null };
    operations.push(operation);
    noteStatus = statusesOf(operation);
  }
  close();
  return operations.length > MOST_OPERATIONS ? [] : operations;
}

/** Given each line below an operation. A reference, or whatever else is no status, leaves its answers unknown. */
function statusesOf(operation: Operation): (line: string, indent: number) => void {
  let inner: number | null = null;
  let answers: number | null = null;
  let isOpen = false;
  let isOver = false;
  return (line, indent) => {
    if (isOver || CLOSING.test(line)) return;
    inner ??= indent;
    if (indent <= inner) {
      isOver = operation.statuses !== null;
      isOpen = !isOver && indent === inner && RESPONSES.test(line);
      return;
    }
    if (!isOpen) return;
    answers ??= indent;
    if (indent !== answers) return;
    const status = STATUS.exec(line)?.[1];
    operation.statuses = status === undefined ? null : [...(operation.statuses ?? []), status];
    isOpen = status !== undefined;
    isOver = !isOpen;
  };
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

/** `/orders/{}`: the names of parameters are nobody's business. */
export function shapeOf(path: string): string {
  return path
    .slice(0, LONGEST_PATH)
    .replace(/:\w+(?:\([^)]*\))?\??|\{[^}]*\}|<[^>]*>|\[[^\]]*\]/g, '{}')
    .replace(/^…/, '')
    .replace(/\/+$/, '');
}

/** What stands before the paths of the code, and before those of the specification. */
interface Join {
  code: string;
  specification: string;
}

/** The operations of a specification by the shapes of their paths. */
export type Shapes = ReadonlyMap<string, readonly Operation[]>;

export function indexShapes(operations: readonly Operation[]): Shapes {
  return Map.groupBy(operations, ({ path }) => shapeOf(path));
}

/** Whoever opens a pull request chooses how many there are: the first ones tell whose routes these are. */
const MOST_ROUTES = 40;

/**
 * How routes of one file are those of a specification: under the prefixes that most of them agree in. Null: they are not. One route
 * alone must be the same as it is written.
 */
export function joinRoutes(all: readonly string[], shapes: Shapes): Join | null {
  const routes = all.slice(0, MOST_ROUTES);
  const votes = new Map<string, { join: Join; routes: Set<string> }>();
  for (const route of routes) {
    const path = shapeOf(pathOf(route));
    if (!/\w/.test(path)) continue;
    for (const [other, operations] of shapes) {
      const join = joinOf(path, other);
      if (!join || !findMethod(route, operations)) continue;
      const key = `${join.code} ${join.specification}`;
      const known = votes.get(key) ?? { join, routes: new Set() };
      known.routes.add(route);
      votes.set(key, known);
    }
  }
  const [best] = [...votes.values()].sort((one, other) => other.routes.size - one.routes.size);
  if (!best) return null;
  const isSame = best.join.code === '' && best.join.specification === '';
  const enough = Math.max(isSame ? 1 : 2, routes.length * 0.7);
  return best.routes.size >= enough ? best.join : null;
}

function joinOf(path: string, other: string): Join | null {
  if (!/\w/.test(other)) return null;
  if (path.endsWith(other)) return { code: path.slice(0, path.length - other.length), specification: '' };
  return other.endsWith(path) ? { code: '', specification: other.slice(0, other.length - path.length) } : null;
}

export function findOperation(route: string, join: Join, shapes: Shapes): Operation | undefined {
  const path = shapeOf(pathOf(route));
  if (!path.startsWith(join.code)) return undefined;
  return findMethod(route, shapes.get(join.specification + path.slice(join.code.length)) ?? []);
}

function findMethod(route: string, operations: readonly Operation[]): Operation | undefined {
  const method = route.slice(0, route.indexOf(' '));
  return operations.find((one) => one.method === method || one.method === 'ANY' || method === 'ANY');
}

function pathOf(route: string): string {
  return route.slice(route.indexOf(' ') + 1);
}
