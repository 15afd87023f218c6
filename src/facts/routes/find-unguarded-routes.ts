import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { Middleware, Route } from '../facts.ts';
import { isMeantForAll } from './is-meant-for-all.ts';
import { speaksOfCaller } from './speaks-of-caller.ts';

/** So many siblings must be guarded alike. */
const SIBLINGS = 3;
/** A router of so few routes is no crowd to compare with. */
const MOST_FEW = 4;

/**
 * A route that lacks what its siblings on the same router have: a guard that stands on each of them by itself, so that it is easy
 * to forget. Silent where several lack it (then it is meant so), where reading is open and changing is not, where something that
 * is not known runs before the handler, where the handler speaks of who calls, and where the name says that everybody may come.
 * Where a comment alone says so it is only suspected.
 */
export const findUnguardedRoutes: FindFacts = (facts, read, before) =>
  findUnguarded(facts, read, before).map((one) => withDecorators(one, read));

/** Of Python the guard would stand among the decorators: they are shown with the function. */
export function withDecorators(hit: FactHit, read: ReadPlace): FactHit {
  const { path, startLine } = hit.place;
  if (!path.endsWith('.py')) return hit;
  const first = Math.max(1, startLine - MOST_ABOVE);
  const above = read({ path, startLine: first, endLine: startLine - 1 }).split('\n');
  const count = above.length - 1 - above.findLastIndex((line) => !/^\s*@\w/.test(line));
  return count === 0 ? hit : { ...hit, place: { ...hit.place, startLine: startLine - count }, last: startLine };
}

const findUnguarded: FindFacts = (facts, read) => {
  const routes = onePerLine(facts.routes);
  const groups = Map.groupBy(
    routes.filter((one) => one.router !== null && (/^(?:GET|POST|PUT|PATCH|DELETE)$/.test(one.method) || isAny(one))),
    ({ router }) => `${router?.path}:${router?.startLine}`,
  );
  const found = [...groups.values()].flatMap((group) => findInGroup(group, read));
  const told = new Set(found.map(({ place }) => `${place.path}:${place.startLine}`));
  return [...found, ...findOutside(routes, read).filter(({ place }) => !told.has(`${place.path}:${place.startLine}`))];
};

/** Of a list of paths with one handler (`router.put(['/', '/:id'], …)`) the last: it was forgotten once. */
function onePerLine(routes: readonly Route[]): Route[] {
  const keyOf = ({ method, handler, place }: Route): string =>
    `${place.path}:${place.startLine} ${method} ${handler.name}`;
  return [...new Map(routes.map((one) => [keyOf(one), one])).values()];
}

/** What is written by hand, so that it may be forgotten: of Go, where a group of routes is a variable or a block. */
function findOutside(routes: readonly Route[], read: ReadPlace): FactHit[] {
  const written = routes.filter(({ place, path }) => !path.includes('…') && place.path.endsWith('.go'));
  const groups = Map.groupBy(written, ({ place, path }) => `${place.path} ${stemOf(path)}`);
  return [...groups.values()].flatMap((group) => {
    const beside = group.filter(({ authorised }) => authorised);
    // The first route for people of the house has no siblings: what others of its file ask for, it should ask for too.
    const isFirst = beside.length === 0 && group.every(({ path }) => ADMINS.test(path));
    const around = isFirst ? written.filter((one) => one.authorised && one.place.path === group[0]?.place.path) : [];
    const guarded = around.length < SIBLINGS ? beside : around;
    const open = group.filter((one) => !one.authorised);
    const [other] = guarded.filter((one) => guardNear(one) !== null);
    if (!other || open.length > 1) return [];
    return open.flatMap((one) => {
      const isPlain =
        (one.handler.place !== null || ADMINS.test(one.path) || isChangedBeside(one, guarded)) &&
        one.middleware.every(({ own, passesAll, does }) => !own || passesAll || does.length > 0);
      // Everybody may read what only some may change.
      if (!isPlain || isRead(one) || !/^(?:POST|PUT|PATCH|DELETE)$/.test(one.method) || isMeantForAll(one)) return [];
      if (one.handler.place && speaksOfCaller(read(one.handler.place))) return [];
      return [
        {
          place: one.place,
          symbol: one.handler.name,
          // One sibling may be another thing; a handler that is not seen may ask itself.
          suspected:
            isFirst ||
            isSaidOpen(one, read) ||
            one.handler.place === null ||
            (guarded.length === 1 && !ADMINS.test(one.path)),
          values: {
            ROUTE: `${one.method} ${one.path}`,
            GUARD: guardNear(other) ?? '',
            SIBLINGS: tellRoutes(guarded.filter((each) => guardNear(each) === guardNear(other)).slice(0, 3)),
          },
        },
      ];
    });
  });
}

/** The handler stands in a file that was not read; another change of the same thing is guarded. */
function isChangedBeside({ path }: Route, guarded: readonly Route[]): boolean {
  return guarded.length > 1 && guarded.some((other) => other.path === path && !isRead(other));
}

const ADMINS = /(?:^|\/)(?:admin|internal|manage|management|staff|backoffice|operator)s?(?:\/|$)/i;

/** `/orders` of `/orders/:id`: the things that it is about. */
function stemOf(path: string): string {
  return path.replace(/\/(?:[:{<*]).*$/, '').replace(/\/$/, '');
}

/** The last thing before its handler that keeps people out. */
function guardNear({ middleware }: Route): string | null {
  return middleware.findLast(({ does }) => does.includes('authorises'))?.name ?? null;
}

function findInGroup(group: readonly Route[], read: ReadPlace): FactHit[] {
  const guarded = group.filter((one) => guardsOf(one).length > 0);
  const few =
    findAmongFew(group, guarded, read) ?? findBesideSame(group, guarded, read) ?? findWeaker(group, guarded, read);
  if (few) return [few];
  const open = group.filter((one) => !one.authorised && !isMeantForAll(one));
  const isFew = open.length * 3 <= guarded.length;
  // Where everybody may read, what changes a thing is compared with what changes things.
  const changing = open.filter((one) => !isRead(one));
  const isFewChanging = changing.length * 3 <= guarded.filter((one) => !isRead(one)).length;
  if (guarded.length < SIBLINGS || !(isFew || isFewChanging)) return [];
  return (isFew ? open : changing.filter(isOfOne)).flatMap((one) => {
    const siblings = guarded.filter((other) => isRead(other) === isRead(one));
    const guard =
      commonGuard(siblings.length >= SIBLINGS ? siblings : isRead(one) ? [] : guarded) ??
      // All that changes something asks, each in its own way (`needs("spend")`).
      (siblings.length >= SIBLINGS && !isRead(one) ? commonGuard(guarded) : null);
    // What changes something needs a sibling that does.
    if (guard === null || siblings.length === 0 || !isKnown(one, guarded)) return [];
    // Several that anybody may read are meant so.
    if (isRead(one) && open.filter(isRead).length > 1) return [];
    // Right over one object is another question than the list of all.
    if (!guarded.some((other) => hasGuard(other, guard) && hasParameter(other) === hasParameter(one))) return [];
    if (one.handler.place && speaksOfCaller(read(one.handler.place))) return [];
    const named = (siblings.filter((other) => hasGuard(other, guard)).length >= SIBLINGS ? siblings : guarded)
      .filter((other) => hasGuard(other, guard))
      .slice(0, 3);
    return [
      {
        place: one.place,
        symbol: one.handler.name,
        // Whoever takes a guard away can write why as well: a reader decides. What a guard of all routes does without the mark, he sees.
        suspected: isAny(one) || isSaidOpen(one, read) || named.every((other) => isMarked(other, guard)),
        values: {
          ROUTE: `${one.method} ${one.path}`,
          GUARD: guard,
          SIBLINGS: tellRoutes(named),
        },
      },
    ];
  });
}

function tellRoutes(routes: readonly Route[]): string {
  return routes.map(({ method, path, place }) => `\`${method} ${path}\` (line ${place.startLine})`).join(', ');
}

/** Who may do more than others. */
const PRIVILEGED = /admin|staff|super_?user|operator|owner/i;

/**
 * Of two or three routes that change what administrators see, one lacks what the others have: too few for a rule, and worth a look where
 * what is read is guarded and what is changed is not.
 */
function findAmongFew(group: readonly Route[], guarded: readonly Route[], read: ReadPlace): FactHit | null {
  const namesOf = ({ middleware }: Route): string[] => middleware.filter(({ own }) => own).map(nameOf);
  const guard = guarded.flatMap(namesOf).find((name) => PRIVILEGED.test(name));
  if (guard === undefined || group.length > MOST_FEW) return null;
  const lacking = group.filter((one) => !namesOf(one).includes(guard) && !isRead(one));
  const [one] = lacking;
  const siblings = guarded.filter((other) => namesOf(other).includes(guard));
  if (!one || lacking.length > 1 || isMeantForAll(one) || one.handler.place === null || one.path.includes('…'))
    return null;
  if (!PRIVILEGED.test(one.path) || !siblings.every((other) => PRIVILEGED.test(other.path))) return null;
  if (one.middleware.some(({ name }) => PRIVILEGED.test(name))) return null;
  // `user.is_admin = True` asks nobody.
  if (speaksOfCaller(read(one.handler.place).replace(ASKS_NOBODY, ''))) return null;
  return {
    place: one.place,
    symbol: one.handler.name,
    suspected: true,
    values: {
      ROUTE: `${one.method} ${one.path}`,
      GUARD: guard,
      SIBLINGS: tellRoutes(siblings),
    },
  };
}

/**
 * Of the routes over one thing (`GET`, `PUT` and `DELETE /orders/{id}`) one changes it, and alone lacks the guard that all others
 * have: too few to be sure of.
 */
function findBesideSame(group: readonly Route[], guarded: readonly Route[], read: ReadPlace): FactHit | null {
  if (guarded.length !== SIBLINGS - 1 || group.length !== SIBLINGS) return null;
  const one = group.find((other) => !guarded.includes(other));
  const guard = guarded[0] && guardsOf(guarded[0]).map(nameOf)[0];
  if (!one || guard === undefined || one.authorised || isMeantForAll(one) || !isKnown(one, guarded)) return null;
  if (!/^(?:PUT|PATCH|DELETE)$/.test(one.method) || !hasParameter(one) || one.handler.place === null) return null;
  const isSame = (other: Route): boolean => other.path === one.path && hasGuard(other, guard);
  if (!guarded.every((other) => hasGuard(other, guard)) || !guarded.some(isSame)) return null;
  if (speaksOfCaller(read(one.handler.place))) return null;
  return {
    place: one.place,
    symbol: one.handler.name,
    suspected: true,
    values: { ROUTE: `${one.method} ${one.path}`, GUARD: guard, SIBLINGS: tellRoutes(guarded) },
  };
}

/**
 * All that changes one thing asks for an administrator, but for one route, which lets in whoever has logged in: it removes, or changes,
 * as much as its siblings do.
 */
function findWeaker(group: readonly Route[], guarded: readonly Route[], read: ReadPlace): FactHit | null {
  const isStrong = (one: Route): boolean => one.middleware.some(({ name }) => PRIVILEGED.test(name));
  const strong = guarded.filter((one) => guardsOf(one).some(({ name }) => PRIVILEGED.test(name)));
  const [guard] = strong.flatMap((one) =>
    guardsOf(one)
      .map(nameOf)
      .filter((name) => PRIVILEGED.test(name)),
  );
  const weak = group.filter((one) => !isStrong(one) && !isRead(one));
  const [one] = weak;
  if (!one || guard === undefined || weak.length > 1 || strong.length < SIBLINGS) return null;
  const siblings = strong.filter((other) => !isRead(other) && stemOf(other.path) === stemOf(one.path));
  const isAlike = siblings.some((other) => hasParameter(other) === hasParameter(one));
  if (!guarded.includes(one) || siblings.length < 2 || !isAlike || /\/(?:me|self|own|mine)\b/.test(one.path))
    return null;
  if (isMeantForAll(one) || one.handler.place === null || speaksOfCaller(read(one.handler.place))) return null;
  return {
    place: one.place,
    symbol: one.handler.name,
    suspected: true,
    values: { ROUTE: `${one.method} ${one.path}`, GUARD: guard, SIBLINGS: tellRoutes(siblings.slice(0, 3)) },
  };
}

const ASKS_NOBODY = /\.is_\w+\s*=(?!=)|^\s*@.*$/gm;

/** `# reachable without login, for monitoring` right above it. */
const SAID_OPEN =
  /\b(?:without (?:a |any )?(?:log-?in|auth\w*|guard|session|account)|no (?:log-?in|auth\w*)|not? (?:need|require)\w* (?:log-?in|auth\w*)|unauthenticated|publicly|public|anonymous(?:ly)?|every(?:body|one)|anybody|anyone|on purpose|intentional(?:ly)?)\b/i;
const MOST_ABOVE = 6;

function isSaidOpen({ place }: Route, read: ReadPlace): boolean {
  const first = Math.max(1, place.startLine - MOST_ABOVE);
  const above = read({ path: place.path, startLine: first, endLine: place.startLine - 1 }).split('\n');
  const comments: string[] = [];
  for (const line of above.reverse()) {
    if (/^\s*(?:#|\/\/|\*|\/\*)/.test(line)) comments.push(line);
    // A decorator stands between the comment and the function.
    else if (!/^\s*@/.test(line)) break;
  }
  return SAID_OPEN.test(comments.join(' '));
}

function hasParameter({ path }: Route): boolean {
  return /[:{<*]/.test(path);
}

/** It changes or removes one thing. */
function isOfOne(one: Route): boolean {
  return hasParameter(one) && /^(?:PUT|PATCH|DELETE)$/.test(one.method);
}

function isRead({ method }: Route): boolean {
  return method === 'GET';
}

/** `HandleFunc` of Go says no method: what it does is not known before its handler is read. */
function isAny({ method, place }: Route): boolean {
  return method === 'ANY' && place.path.endsWith('.go');
}

/** Guards that stand on the route itself. */
function guardsOf({ middleware }: Route): readonly Middleware[] {
  return middleware.filter(({ own, does }) => own && does.includes('authorises'));
}

function nameOf({ name }: Pick<Middleware, 'name'>): string {
  return name.replace(/\(.*/s, '');
}

/** Its guard stands before all routes, and is only told by a mark what to ask for. */
function isMarked(route: Route, guard: string): boolean {
  return guardsOf(route).some((one) => nameOf(one) === guard && one.marks);
}

function hasGuard(route: Route, guard: string): boolean {
  return guardsOf(route).some((one) => nameOf(one) === guard);
}

/** The one that most of them have; null: there are not enough of one kind. */
function commonGuard(routes: readonly Route[]): string | null {
  const counts = new Map<string, number>();
  for (const route of routes)
    for (const name of new Set(guardsOf(route).map(nameOf))) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best && best[1] >= SIBLINGS ? best[0] : null;
}

/** Nothing runs before it that its siblings have not, and that may be a guard by another name; and its handler has been read. */
function isKnown({ middleware, handler, path }: Route, guarded: readonly Route[]): boolean {
  const others = new Set(guarded.flatMap((one) => one.middleware.map(nameOf)));
  const isPlain = ({ own, does, name, passesAll }: Middleware): boolean =>
    !own || passesAll || does.length > 0 || (others.has(nameOf({ name })) && !name.includes('…'));
  return handler.place !== null && !path.includes('…') && middleware.every(isPlain);
}
