import type { FactHit, FindFacts } from '../fact-hit.ts';
import type { Answer, Facts } from '../facts.ts';

/** `@HttpCode(201)` above the handler. */
const DECORATOR = /status|HttpCode/;
const LINES_ABOVE = 8;

/** What a handler says of success, and where. */
interface Said {
  codes: Set<number>;
  first: Answer;
}

/**
 * A handler that answered with one status of success and answers with another. Silent where it had, or has, several, and where the
 * line that says the new one is no line of this change, and where the handler has another route now: nobody called that one before.
 */
export const findChangedStatuses: FindFacts = (facts, _read, before) => {
  if (!before) return [];
  const now = saidBy(facts);
  return [...saidBy(before.facts)].flatMap(([key, then]): FactHit[] => {
    const said = now.get(key);
    const [old, ...others] = then.codes;
    const [code, ...more] = said?.codes ?? [];
    if (!said || !old || !code || old === code || others.length + more.length > 0) return [];
    if (then.first.route !== null && said.first.route !== null && then.first.route !== said.first.route) return [];
    const { startLine, endLine } = said.first.place;
    const line = before.added.find(
      (one) =>
        (startLine <= one.line && one.line <= endLine) ||
        (startLine - LINES_ABOVE <= one.line && one.line < startLine && DECORATOR.test(one.text)),
    );
    if (!line || said.first.place.path !== before.path) return [];
    return [
      {
        place: { ...said.first.place, startLine: line.line },
        symbol: said.first.function,
        promised: { path: null, field: null },
        values: { ROUTE: said.first.route ?? said.first.function, BEFORE: String(old), AFTER: String(code) },
      },
    ];
  });
};

/** By handler; what says none answers with 200. A handler whose result is sent has a status that its framework decides. */
function saidBy({ answers }: Facts): Map<string, Said> {
  const said = new Map<string, Said>();
  for (const one of answers) {
    const name = one.function === '' ? one.route : one.function;
    const isReturned = one.place.endLine === one.within.endLine && one.status === null;
    const code = one.status ?? 200;
    if (name === null || isReturned || code >= 300) continue;
    if (one.fields.some((field) => /^(?:errors?|detail)$/.test(field))) continue;
    const key = `${one.place.path} ${name}`;
    const known = said.get(key) ?? { codes: new Set(), first: one };
    known.codes.add(code);
    said.set(key, known);
  }
  return said;
}
