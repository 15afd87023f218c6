import type { Home } from '../../flows/values/value.ts';
import { memo } from '../../languages/memo.ts';
import { dirOf } from '../../text/paths.ts';
import { type Access, type Guarded, listGuarded, type Method, methodsOf } from './accesses-under-lock.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';
import { tellSiblings } from './tell-siblings.ts';

/** So many other methods take the lock for this map. */
const SIBLINGS = 2;
/** It runs before anybody else has the value, or when nobody has it any more, or by whoever holds the lock. */
const BEFORE =
  /^(?:new|init|open|load|start|set_?up|close|stop|shutdown|unmarshal|marshal|string|build|parse|apply_?(?:config|defaults?)|with|configure|reload|restore|must|test|reset)|(?:locked|unsafe|no_?lock|unlocked|without_?lock|internal|held)$/i;
/** Another lock, or whoever calls it has one. */
const OTHERWISE = /\.R?Lock\(|\.Try\w*Lock\(|\batomic\.|\bsync\.|[lL]ocker\b|\.With\w*Lock\(/;
/** Its doc says that the caller has the lock: the convention of Go. */
const SAID = /\b(?:held|holds?|holding|locked)\b/i;
/** Above a method. */
const MOST_ABOVE = 400;

/** A map of a struct with a lock, which its methods take for it, is read or written by one of them without it. */
export function findUnlockedFields(homes: readonly Home[]): FoundSlip[] {
  const served = homes.filter(({ path }) => !path.endsWith('_test.go'));
  const packages = Map.groupBy(served, ({ path }) => dirOf(path));
  return served.flatMap((home) =>
    listGuarded(home).flatMap((one) => findOf(one, packages.get(dirOf(home.path)) ?? [])),
  );
}

function findOf(guarded: Guarded, homes: readonly Home[]): FoundSlip[] {
  const methods = homes.flatMap((home) => methodsOf(guarded, home));
  return [...accessesByField(methods)].flatMap(([field, uses]) => {
    const of = (one: Method): readonly Access[] => uses.get(one) ?? [];
    const users = [...uses.keys()];
    const holding = users.filter((one) => of(one).some(({ held }) => held !== 'no'));
    const isWritten = holding.some((one) => of(one).some(({ held, does }) => held !== 'no' && does === 'write'));
    const bare = users.filter((one) => of(one).some(({ held }) => held === 'no') && !isHeldElsewhere(one, methods));
    const isBare = new Set(bare);
    const apart = holding.filter((one) => !isBare.has(one));
    if (!isWritten || apart.length < SIBLINGS || bare.length * SIBLINGS > apart.length) return [];
    const siblings = tellSiblings(apart.map(({ form: { name } }) => name));
    return bare.flatMap((one) => {
      const open = of(one).filter(({ held }) => held === 'no');
      const access = open.find(({ does }) => does === 'write') ?? open[0];
      if (!access) return [];
      const { home, form, self } = one;
      return [
        {
          kind: 'field-without-lock' as const,
          home,
          form,
          span: access.span,
          // A method that takes the lock later knows of it; a count alone ends nothing.
          suspected: one.isLocking || access.does === 'count' || isSaidHeld(one),
          names: {
            FIELD: `${self}.${field}`,
            LOCK: `${self}.${guarded.lock}`,
            DOES: access.does === 'write' ? 'written' : 'read',
            SIBLINGS: siblings,
          },
        },
      ];
    });
  });
}

/** Who uses each field, and how: one look at each method, however many fields there are. */
function accessesByField(methods: readonly Method[]): Map<string, Map<Method, Access[]>> {
  const found = new Map<string, Map<Method, Access[]>>();
  for (const method of methods)
    for (const access of method.accesses) {
      const users = found.get(access.field) ?? new Map<Method, Access[]>();
      found.set(access.field, users);
      const uses = users.get(method) ?? [];
      users.set(method, uses);
      uses.push(access);
    }
  return found;
}

/** Whoever calls it holds the lock, or may; or it says why it needs none. */
function isHeldElsewhere({ home, form, isLocking }: Method, methods: readonly Method[]): boolean {
  if (BEFORE.test(form.name)) return true;
  if (!isLocking && OTHERWISE.test(textOf(home, form.span))) return true;
  if (heldIn(methods).has(form.name)) return true;
  return !calledIn(methods).has(form.name) && !/^[A-Z]/.test(form.name);
}

/** Whoever wrote it says so; those who call it, as far as they are seen, do not hold it. */
function isSaidHeld({ home, form }: Method): boolean {
  const above = home.written.slice(Math.max(0, form.span[0] - MOST_ABOVE), form.span[0]);
  return SAID.test(/(?:[ \t]*\/\/[^\n]*\n)+$/.exec(above)?.[0] ?? '');
}

const calledIn = memo(
  (methods: readonly Method[]): ReadonlySet<string> =>
    new Set(methods.flatMap(({ calls }) => calls.map(({ name }) => name))),
);

/** The methods that are called while the lock is held, or by such a method. */
const heldIn = memo((methods: readonly Method[]): ReadonlySet<string> => {
  const called = new Map(methods.map(({ form, calls }) => [form.name, calls]));
  const held = new Set<string>();
  const next = methods.flatMap(({ calls }) => calls.filter((one) => one.held !== 'no').map(({ name }) => name));
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (held.has(name)) continue;
    held.add(name);
    next.push(...(called.get(name) ?? []).map((one) => one.name));
  }
  return held;
});
