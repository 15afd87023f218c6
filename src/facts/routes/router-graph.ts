import type { Closure, Home, Value } from '../../flows/values/value.ts';
import type { Span } from '../../languages/form.ts';

export interface Before {
  name: string;
  value: Value | null;
}

interface Event {
  router: string;
  /** Events are numbered as they happen. */
  order: number;
  /** The router is known by the name that it has here alone. */
  weak: boolean;
  /** The call that says it. */
  site: string;
}

export interface RouteEvent extends Event {
  methods: readonly string[];
  path: string;
  before: readonly Before[];
  /** Functions that the handler was given to. */
  around: readonly Before[];
  handler: { name: string; value: Value | null };
  validated: boolean;
  status: number | null;
  /** What the handler gives back is the answer. */
  returns: boolean;
  /** The class that says what an answer looks like. */
  response: Value | null;
  home: Home;
  span: Span;
}

interface UseEvent extends Event {
  path: string;
  before: readonly Before[];
  /** It runs for what was registered before as well. */
  always: boolean;
}

interface LinkEvent extends Event {
  child: string;
  path: string;
  before: readonly Before[];
  /** Instead of the child's own path. */
  instead: boolean;
}

interface Router {
  path: string;
  /** The program itself serves it: nothing stands before its path. */
  served: boolean;
  before: readonly Before[];
  place: { home: Home; span: Span } | null;
  /** It stands under one that is known by a name alone. */
  weak?: boolean;
}

/** One way from the outside to a route. */
export interface Way {
  path: string;
  before: readonly Before[];
  /** Nothing stands before this path: the outermost router is known. */
  whole: boolean;
}

/** Routers, what stands under them, and what runs before their routes. */
export interface RouterGraph {
  add(id: string, router: Router): void;
  has(id: string): boolean;
  isWeak(id: string): boolean;
  placeOf(id: string): Router['place'];
  route(event: Omit<RouteEvent, 'order'>): void;
  use(event: Omit<UseEvent, 'order'>): void;
  link(event: Omit<LinkEvent, 'order'>): void;
  /** What answers, and what runs before that. */
  functions(): readonly Closure[];
  /** Each route, with each way that leads to it. */
  list(): { event: RouteEvent; ways: readonly Way[] }[];
}

/** What is used by a router, and where it stands, by the router. */
interface Grouped {
  uses: ReadonlyMap<string, readonly UseEvent[]>;
  links: ReadonlyMap<string, readonly LinkEvent[]>;
}

/** Uses of one router before a route, the last ones: each route lists them all. */
const MOST_BEFORE = 100;
const MOST_WAYS = 8;
const DEEPEST = 12;

export function createRouterGraph(): RouterGraph {
  const routers = new Map<string, Router>();
  const routes: RouteEvent[] = [];
  const uses: UseEvent[] = [];
  const links: LinkEvent[] = [];
  let order = 0;
  // What is said twice, such as by two runs of a function, is said once.
  const said = new Set<string>();
  const addTo = <T extends Event>(events: T[], event: Omit<T, 'order'>, what: string): void => {
    const key = `${event.site} ${event.router} ${what}`;
    if (!said.has(key)) events.push({ ...event, order: order++ } as T);
    said.add(key);
  };
  const waysTo = (of: Grouped, router: string, path: string, at: number, depth: number): Way[] => {
    const own = routers.get(router);
    const used = (of.uses.get(router) ?? []).filter((one) => (one.always || one.order < at) && isUnder(path, one.path));
    const before = [...(own?.before ?? []), ...used.slice(-MOST_BEFORE).flatMap((one) => one.before)];
    const above = depth > DEEPEST ? [] : (of.links.get(router) ?? []);
    if (above.length === 0) return [{ path: joinPaths(own?.path ?? '', path), before, whole: own?.served ?? false }];
    return above
      .flatMap((link) => {
        const full = joinPaths(link.path, link.instead ? '' : (own?.path ?? ''), path);
        return waysTo(of, link.router, full, link.order, depth + 1).map((way) => ({
          path: way.path,
          whole: way.whole,
          before: [...way.before, ...link.before, ...before],
        }));
      })
      .slice(0, MOST_WAYS);
  };
  return {
    add: (id, router) => void (routers.has(id) || routers.set(id, router)),
    has: (id) => routers.has(id),
    isWeak: (id) => routers.get(id)?.weak ?? false,
    placeOf: (id) => routers.get(id)?.place ?? null,
    route: (event) => addTo(routes, event, `${event.methods.join()} ${event.path}`),
    use: (event) => addTo(uses, event, `use ${event.path} ${event.before.map(({ name }) => name).join()}`),
    link: (event) => addTo(links, event, `link ${event.child} ${event.path}`),
    functions() {
      const handlers = routes.flatMap(({ before, around, handler }) => [...before, ...around, handler]);
      const others = [...uses, ...links, ...routers.values()].flatMap(({ before }) => before);
      return [...handlers, ...others].flatMap(({ value }) => value?.functions ?? []);
    },
    list() {
      for (const events of [routes, uses, links]) dropWeak(events);
      const of = { uses: Map.groupBy(uses, (one) => one.router), links: Map.groupBy(links, (one) => one.child) };
      return dropInner(routes.map((event) => ({ event, ways: waysTo(of, event.router, event.path, event.order, 0) })));
    },
  };
}

/** Where the same call has been seen with the router that it means, what it looked like without is dropped. */
function dropWeak(events: Event[]): void {
  const strong = new Set(events.filter(({ weak }) => !weak).map(({ site }) => site));
  const kept = events.filter(({ weak, site }) => !weak || !strong.has(site));
  events.splice(0, events.length, ...kept);
}

/**
 * A function that is given its router is seen by itself and from each of its callers: of ways of one call to which others only add
 * what stands before, the longest are meant.
 */
function dropInner<T extends { event: RouteEvent; ways: readonly Way[] }>(listed: readonly T[]): T[] {
  const bySite = Map.groupBy(listed, ({ event }) => `${event.site} ${event.methods.join()}`);
  return listed.flatMap((one) => {
    const here = (bySite.get(`${one.event.site} ${one.event.methods.join()}`) ?? []).flatMap(({ ways }) => ways);
    const ways = one.ways.filter((way) => !here.some((other) => other !== way && isInner(way, other)));
    return ways.length > 0 ? [{ ...one, ways }] : [];
  });
}

function isInner(way: Way, other: Way): boolean {
  const names = ({ before }: Way): string => before.map(({ name }) => name).join(', ');
  const isLonger = other.path.length > way.path.length || other.before.length > way.before.length;
  return isLonger && isEnd(way.path, other.path) && names(other).endsWith(names(way));
}

/** What is not known of a path, `…`, may be anything. */
function isEnd(path: string, of: string): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  const last = of
    .split('/')
    .filter((part) => part !== '')
    .slice(-parts.length || Infinity);
  return parts.every((part, index) => part === '…' || part === last[index]);
}

function isUnder(path: string, prefix: string): boolean {
  const bare = prefix.replace(/\/?\*?$/, '');
  return bare === '' || path === bare || path.startsWith(`${bare}/`);
}

export function joinPaths(...parts: readonly string[]): string {
  const joined = parts
    .filter((part) => part !== '' && part !== '/')
    .map((part) => (part.startsWith('/') ? part : `/${part}`).replace(/\/$/, ''))
    .join('');
  const last = parts.findLast((part) => part !== '');
  return joined === '' ? '/' : last !== undefined && last.length > 1 && last.endsWith('/') ? `${joined}/` : joined;
}
