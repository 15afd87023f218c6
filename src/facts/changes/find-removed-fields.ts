import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import type { ChangedLine, FactHit, FactsBefore, FindFacts } from '../fact-hit.ts';
import type { Answer } from '../facts.ts';

interface Sent {
  fields: Set<string>;
  open: Set<string>;
  /** One of its answers. */
  first: Answer;
}

/**
 * A field that a handler sent before the change, and sends no more. Silent where not all that it sends now is known, and where no
 * line of this file that the change removed names the field.
 */
export const findRemovedFields: FindFacts = ({ answers }, _read, before) => {
  if (!before) return [];
  const now = sentBy(answers);
  const lost = [...sentBy(before.facts.answers)].flatMap(([key, then]) => {
    const sent = now.get(key);
    return sent ? listLost(then, sent).map((field) => ({ field, was: then, sent })) : [];
  });
  const byLine = Map.groupBy(
    lost.flatMap(({ field, was, sent }) => {
      const line = findRemoved(before, field, was.first);
      return line ? [{ field, was, sent, line }] : [];
    }),
    ({ field, line }) => `${line.line} ${lastPart(field)}`,
  );
  return [...byLine.values()].flatMap((group): FactHit[] => {
    const [one] = group;
    if (!one) return [];
    const { field, was, sent, line } = one;
    return [
      {
        place: { path: before.path, startLine: line.line, endLine: line.line },
        side: 'LEFT',
        symbol: `${labelOf(was.first)} ${field}`,
        promised: { path: pathOf(was.first), field: lastPart(field) },
        values: {
          FIELD: field,
          ROUTE: labelOf(was.first),
          OTHERS: tellOthers(group.slice(1).map(({ was: other }) => labelOf(other.first))),
          NOW: tellNew(field, was, sent),
        },
      },
    ];
  });
};

/** What says what went wrong. */
const ERROR = /^(?:errors?|detail|err)$/;

/** By handler: what it sends where all is well. */
function sentBy(answers: readonly Answer[]): Map<string, Sent> {
  const sent = new Map<string, Sent>();
  for (const one of answers) {
    const name = one.function === '' ? one.route : one.function;
    if (name === null || (one.status ?? 200) >= 300 || one.fields.some((field) => ERROR.test(field))) continue;
    const key = `${one.place.path} ${name}`;
    const known = sent.get(key) ?? { fields: new Set(), open: new Set(), first: one };
    for (const field of one.fields) known.fields.add(field);
    for (const field of one.open) known.open.add(field);
    sent.set(key, known);
  }
  return sent;
}

/** The outermost of those that are gone. */
function listLost(then: Sent, now: Sent): string[] {
  return [...then.fields].filter((field) => {
    const above = aboveOf(field);
    return (
      !now.fields.has(field) &&
      above.every((one) => !now.open.has(one)) &&
      above.every((one) => one === '' || now.fields.has(one))
    );
  });
}

/** `''`, `owner` of `owner.id`. */
function aboveOf(field: string): string[] {
  const parts = field.split('.');
  return parts.map((_, index) => parts.slice(0, index).join('.'));
}

/** `import { Meta } from './meta'`: its name is no field. */
const IMPORTS = /^\s*(?:import\b|from\b|\}\s*from\b|export\b[^=:]*\bfrom\b)/;

/** Of several the one that stands where it is sent, before that which gives the field to a type, before any other that names it. */
function findRemoved({ removed, path }: FactsBefore, field: string, { within }: Answer): ChangedLine | null {
  const name = escapeRegExp(lastPart(field));
  const word = new RegExp(`(?<![\\w$.-])["'\`]?${name}["'\`]?(?![\\w$(])`);
  const given = new RegExp(`(?<![\\w$.-])["'\`]?${name}["'\`]?\\s*[?!]?\\s*(?:[:=,}]|$)|json:"${name}[",]`);
  const named = removed.filter(({ text }) => !IMPORTS.test(text) && (word.test(text) || given.test(text)));
  const inside = named.filter(({ line }) => within.path === path && within.startLine <= line && line <= within.endLine);
  const isGiven = ({ text }: ChangedLine): boolean => given.test(text);
  return inside.find(isGiven) ?? inside[0] ?? named.find(isGiven) ?? named[0] ?? null;
}

function labelOf({ route, function: name }: Answer): string {
  return route ?? name;
}

function pathOf({ route }: Answer): string | null {
  return route === null ? null : route.slice(route.indexOf(' ') + 1);
}

function tellOthers(others: readonly string[]): string {
  const all = [...new Set(others)];
  if (all.length === 0) return '';
  const shown = all.slice(0, 3).map((one) => `\`${one}\``);
  const more = all.length - shown.length;
  return ` The same holds for ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** What stands in its place. */
function tellNew(field: string, then: Sent, now: Sent): string {
  const [above] = aboveOf(field).slice(-1);
  const fresh = [...now.fields].filter((one) => !then.fields.has(one) && aboveOf(one).at(-1) === above);
  const [only, ...others] = fresh;
  return only !== undefined && others.length === 0 ? `, \`${lastPart(only)}\` stands in its place` : '';
}
