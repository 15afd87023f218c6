import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { ChangedLine, FactHit, FindFacts } from '../fact-hit.ts';
import type { Facts, Input } from '../facts.ts';

/**
 * Something that a handler must be given now, and that it did without before the change. Silent where the handler is new, and where
 * no added line of this file names it.
 */
export const findStricterInputs: FindFacts = (facts, _read, before) => {
  if (!before) return [];
  const then = givenTo(before.facts);
  const stricter = [...givenTo(facts)].flatMap(([key, given]) => {
    const old = then.get(key);
    // Seen from its type, a handler of another file is that of the head: it may take a type that is new.
    const isKnown =
      [...given.values()].every((one) => one.place.path === before.path || old?.has(one.name) !== false) ||
      [...given.values()].some((one) => one.place.path !== before.path && old?.has(one.name));
    return old && isKnown
      ? [...given.values()].filter(({ name, required }) => required && old.get(name)?.required !== true)
      : [];
  });
  const found = stricter.flatMap((one) => {
    const line = findAdded(before.added, one, before.path);
    return line ? [{ one, line, old: then.get(keyOf(one))?.has(one.name) ?? false }] : [];
  });
  // A class that several handlers take is said once.
  return [...Map.groupBy(found, ({ one, line }) => `${line.line} ${one.name}`).values()].flatMap(
    ([first]): FactHit[] => {
      if (!first) return [];
      const { one, line, old } = first;
      const route = one.route ?? one.function;
      return [
        {
          place: { path: before.path, startLine: line.line, endLine: line.line },
          symbol: `${route} ${one.name}`,
          promised: { path: null, field: null },
          values: {
            NAME: one.name,
            ROUTE: route,
            WAS: old ? 'could be left out before this change' : 'was not asked for before this change',
          },
        },
      ];
    },
  );
};

function keyOf(one: Input): string {
  return `${one.place.path} ${one.function === '' ? one.route : one.function}`;
}

/** By handler, what it is given by name; one that answers is there, too. */
function givenTo({ inputs, answers, routes }: Facts): Map<string, Map<string, Input>> {
  const given = new Map<string, Map<string, Input>>();
  for (const { place, function: name, route } of answers)
    given.set(`${place.path} ${name === '' ? route : name}`, new Map());
  for (const { handler, method, path } of routes)
    if (handler.place) given.set(`${handler.place.path} ${handler.name || `${method} ${path}`}`, new Map());
  for (const one of inputs) {
    const known = given.get(keyOf(one)) ?? new Map<string, Input>();
    known.set(one.name, one);
    given.set(keyOf(one), known);
  }
  return given;
}

/** The line of the change that declares it: in the handler, or in the class that it takes. */
function findAdded(added: readonly ChangedLine[], { name, within }: Input, path: string): ChangedLine | null {
  const word = escapeRegExp(name);
  const declares = new RegExp(
    `(?<![\\w$.])${word}\\s*!?\\s*:(?!=)|json:"${word}[",]|form:"${word}[",]|query:"${word}[",]`,
  );
  const named = added.filter(({ text }) => declares.test(text));
  const isInside = ({ line }: ChangedLine): boolean =>
    within.path === path && within.startLine <= line && line <= within.endLine;
  return named.find(isInside) ?? named[0] ?? null;
}
