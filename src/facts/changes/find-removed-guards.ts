import type { FactHit, FindFacts } from '../fact-hit.ts';
import type { Middleware, Route } from '../facts.ts';
import { speaksOfCaller } from '../routes/speaks-of-caller.ts';

interface Lost {
  now: Route;
  /** Null: the handler itself turned people away. */
  guard: string | null;
  /** Others of its router that keep the guard. */
  keeping: readonly Route[];
  suspected: boolean;
}

/** So many others of its router must keep a guard, where another one is left. */
const KEPT_BY = 2;

/**
 * A route that was behind a guard before the change, and is behind it no more: nothing is left, or another guard alone while others
 * of its router keep this one, too. Silent where something new runs before it that may turn people away, or its handler has begun to speak of who calls (the
 * guard may have another name), and where all routes of a router lost it that may stand under one in another file. Suspected where
 * something else is mounted there.
 */
export const findRemovedGuards: FindFacts = ({ routes }, read, before) => {
  if (!before) return [];
  const then = numbered(before.facts.routes);
  const lost = [...numbered(routes)].flatMap(([key, now]): Lost[] => {
    const old = then.get(key);
    if (!old?.authorised || addsSomething(old, now)) return [];
    const suspected = mountsOther(old, now);
    const guard = guardsOf(old).find((one) => !guardsOf(now).includes(one)) ?? null;
    if (now.authorised) {
      const keeping = routes.filter((one) => isBeside(one, now) && guardsOf(one).includes(guard ?? ''));
      return guard !== null && keeping.length >= KEPT_BY ? [{ now, guard, keeping, suspected }] : [];
    }
    const spoke = old.handler.place !== null && speaksOfCaller(before.read(old.handler.place));
    // A handler of another file is the same as before, if it is the same one.
    const speaks =
      now.handler.place === null ? now.handler.name !== old.handler.name : speaksOfCaller(read(now.handler.place));
    return speaks && !suspected && !(guard !== null && spoke) ? [] : [{ now, guard, keeping: [], suspected }];
  });
  return [...Map.groupBy(lost, ({ now }) => routerOf(now)).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const isMoved =
      group.length > 1 && !first.now.whole && !routes.some((one) => isBeside(one, first.now) && one.authorised);
    return isMoved ? [] : group.map(toHit);
  });
};

function toHit({ now: route, guard, keeping, suspected }: Lost): FactHit {
  const left = guardsOf(route).map((name) => `\`${name}\``);
  const others = keeping
    .slice(0, 3)
    .map(({ method, path, place }) => `\`${method} ${path}\` (line ${place.startLine})`);
  return {
    place: route.place,
    symbol: route.handler.name,
    ...(!route.whole && { keptBy: 'guard' as const }),
    suspected,
    values: {
      ROUTE: `${route.method} ${route.path}`,
      GUARD: guard ?? route.handler.name,
      BACK: guard === null ? 'that check' : `\`${guard}\``,
      WAS: guard === null ? `\`${route.handler.name}\` turned callers away` : `\`${guard}\` ran before it`,
      NOW:
        others.length === 0
          ? 'nothing that runs before it, and nothing in its handler, turns anybody away'
          : `${left.length > 0 ? `only ${left.join(' and ')} ${left.length > 1 ? 'do' : 'does'}` : 'it does not'}; ${others.join(', ')} still have it`,
    },
  };
}

function routerOf({ router, place }: Route): string {
  return router ? `${router.path}:${router.startLine}` : place.path;
}

function isBeside(one: Route, other: Route): boolean {
  return routerOf(one) === routerOf(other);
}

/** By method and path; the second of two equal ones is the second on the other side. */
function numbered(routes: readonly Route[]): Map<string, Route> {
  const counts = new Map<string, number>();
  return new Map(
    routes.map((one) => {
      const key = `${one.method} ${one.path}`;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return [`${key} ${count}`, one];
    }),
  );
}

/** `wrap(auth.jwt)` is another one than `wrap(auth.admin)`; what `auth('write')` is given may change. */
function nameOf({ name }: Middleware): string {
  return /^[\w.]+\([\w.]+\)$/.test(name) ? name : name.replace(/\(.*/s, '');
}

function guardsOf({ middleware }: Route): string[] {
  return middleware.filter(({ does }) => does.includes('authorises')).map(nameOf);
}

/** `serve(mux)` */
const MADE = /\)$/;

/** All that lies below a path, given to something that is not in this file: that may have guards of its own. */
function mountsOther(old: Route, { path, handler }: Route): boolean {
  if (!/\*\w*\}?$/.test(path) || old.handler.name === handler.name) return false;
  return handler.place === null || MADE.test(handler.name);
}

function addsSomething(old: Route, now: Route): boolean {
  const known = new Set(old.middleware.map(nameOf));
  return now.middleware.some((one) => !one.passesAll && !known.has(nameOf(one)));
}
