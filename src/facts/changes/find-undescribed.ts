import { memo } from '../../languages/memo.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { ChangedLine, FactHit, FactsBefore, FindFacts } from '../fact-hit.ts';
import type { Answer, Facts, Route } from '../facts.ts';

/** Nobody describes these. */
const INNER =
  /(?:^|\/)(?:internal|admin|debug|_\w+|test|dev|healthz?|metrics|readyz?|livez?|ping|status|docs?|swagger|openapi|redoc|favicon)(?:[/.]|$)|\.\w+$|\*/i;
/** What keeps a route out of a specification. */
const HIDDEN =
  /include_in_schema\s*=\s*False|ApiExclude|exclude_from_schema|hide:\s*true|@Hidden|x-internal|hidden:\s*true/;
/** What frameworks answer by themselves. */
const UNASKED: ReadonlySet<string> = new Set(['OPTIONS', 'HEAD']);
const LINES_ABOVE = 12;
/** Whoever opens a pull request chooses how many there are. What is found carries all that stands beside it. */
const MOST_BESIDE = 40;
const MOST_NEW = 20;
const LONGEST = 300;
/** What says what went wrong is the same everywhere. */
const ERROR = /^(?:errors?|detail|err|message|code|status|ok|success)$/;

/**
 * What callers can see since this change: a route, a field of an answer, something a route takes, a status. Whether a specification of
 * the repository describes it is asked afterwards; without one nothing is said.
 */
export const findUndescribed: FindFacts = (facts, read, before) => {
  if (!before) return [];
  const own = before.facts.routes.filter(({ place, method }) => place.path === before.path && !UNASKED.has(method));
  const siblings = [...new Set(own.map(labelOf).filter(isShown))].slice(0, MOST_BESIDE);
  if (siblings.length === 0) return [];
  const hits = [
    ...newRoutes(facts, before).filter(
      ({ place }) => !HIDDEN.test(read({ ...place, startLine: Math.max(1, place.startLine - LINES_ABOVE) })),
    ),
    ...newFields(facts, before),
    ...newInputs(facts, before),
    ...newStatuses(facts, before),
  ];
  return hits.slice(0, MOST_NEW).map((hit) => ({ ...hit, specified: { ...hit.specified, siblings } }));
};

type Undescribed = FactHit & { specified: NonNullable<FactHit['specified']> };

function newRoutes({ routes }: Facts, before: FactsBefore): Undescribed[] {
  const known = new Set(before.facts.routes.map(({ path }) => path));
  const kept = new Set(before.facts.routes.map(labelOf));
  return routes.flatMap((one): Undescribed[] => {
    const line = findRouteLine(before.added, one);
    if (
      one.place.path !== before.path ||
      !line ||
      UNASKED.has(one.method) ||
      kept.has(labelOf(one)) ||
      INNER.test(one.path)
    )
      return [];
    // A path that is there already, and takes any method now.
    if (one.method === 'ANY' && known.has(one.path)) return [];
    return [
      {
        place: { ...one.place, startLine: line.line, endLine: line.line },
        symbol: labelOf(one),
        specified: { route: labelOf(one), name: null, beside: [], siblings: [] },
        values: { WHAT: `\`${labelOf(one).replace(/^ANY /, '')}\` answers since this change` },
      },
    ];
  });
}

/** Of an answer that was sent before, and whose route is known on both sides. */
function newFields({ answers }: Facts, before: FactsBefore): Undescribed[] {
  const then = sentBy(before.facts.answers);
  return [...sentBy(answers)].flatMap(([route, fields]): Undescribed[] => {
    const old = then.get(route);
    if (!old || old.size < 2) return [];
    return [...fields].flatMap((name): Undescribed[] => {
      const line = old.has(name) || ERROR.test(name) ? undefined : writtenIn(before).get(name);
      return line ? [hitOf(before, route, line, name, [...old], 'is sent')] : [];
    });
  });
}

/** By route the outer fields of what it sends where all is well. */
function sentBy(answers: readonly Answer[]): Map<string, Set<string>> {
  const sent = new Map<string, Set<string>>();
  for (const { route, status, fields } of answers) {
    if (route === null || (status ?? 200) >= 300 || fields.some((field) => /^(?:errors?|detail|err)$/.test(field)))
      continue;
    const known = sent.get(route) ?? new Set<string>();
    for (const field of fields) if (!field.includes('.')) known.add(field);
    sent.set(route, known);
  }
  return sent;
}

function newInputs({ inputs }: Facts, before: FactsBefore): Undescribed[] {
  const then = new Map<string | null, Set<string>>();
  for (const one of before.facts.inputs) then.set(one.route, (then.get(one.route) ?? new Set()).add(one.name));
  return inputs.flatMap((one): Undescribed[] => {
    const { name, route } = one;
    if (route === null || route.includes(`:${name}`) || route.includes(`{${name}`) || route.includes(`<${name}`))
      return [];
    const old = then.get(route);
    if (!old || old.has(name)) return [];
    const line = writtenIn(before).get(name);
    return line ? [hitOf(before, route, line, name, [...old], 'is taken')] : [];
  });
}

/** Every service may refuse what it cannot read, and may fail. Clients take whatever they do not know for these (RFC 9110, 15). */
const ALWAYS: ReadonlySet<number> = new Set([400, 500]);

/**
 * A status that a route which was there before answers with, in a line of this change. One status of success in place of another is said
 * for itself.
 */
function newStatuses(facts: Facts, before: FactsBefore): Undescribed[] {
  const then = statusesBy(before.facts);
  const now = statusesBy(facts);
  const said = new Set<string>();
  const named = [...facts.statuses, ...facts.answers];
  return named.flatMap(({ route, status, place, function: name }): Undescribed[] => {
    const old = route === null ? undefined : then.get(route);
    if (route === null || !old || !status || status < 200 || status >= 600 || ALWAYS.has(status)) return [];
    const isReplaced = status < 300 && ![...(now.get(route) ?? [])].some((one) => one < 300 && old.has(one));
    const line = before.added.find((one) => place.startLine <= one.line && one.line <= place.endLine);
    const key = `${route} ${status}`;
    if (old.has(status) || isReplaced || !line || place.path !== before.path || said.has(key)) return [];
    said.add(key);
    return [
      {
        place: { ...place, startLine: line.line, endLine: line.line },
        symbol: name,
        specified: { route, name: null, status, beside: [], siblings: [] },
        values: { WHAT: `\`${route}\` may answer ${status} since this change` },
      },
    ];
  });
}

/** By route that answers something; what says none answers with 200, or with what its framework decides. */
function statusesBy({ answers, statuses }: Facts): Map<string, Set<number>> {
  const known = new Map<string, Set<number>>();
  for (const { route, status } of [...answers, ...statuses])
    if (route !== null) known.set(route, (known.get(route) ?? new Set()).add(status ?? 200));
  return known;
}

function hitOf(
  { path }: FactsBefore,
  route: string,
  { line }: ChangedLine,
  name: string,
  beside: readonly string[],
  does: string,
): Undescribed {
  return {
    place: { path, startLine: line, endLine: line },
    symbol: `${route} ${name}`,
    specified: { route, name, beside: beside.slice(0, MOST_BESIDE), siblings: [] },
    values: { WHAT: `\`${name}\` ${does} by \`${route}\` since this change` },
  };
}

/** The decorator above the handler, or the call. */
function findRouteLine(added: readonly ChangedLine[], { place, method }: Route): ChangedLine | null {
  const above = new RegExp(`^\\s*@.*(?:${escapeRegExp(method)}|route|all|["'\`])`, 'i');
  return (
    added.findLast(
      ({ line, text }) => place.startLine - LINES_ABOVE <= line && line < place.startLine && above.test(text),
    ) ??
    added.find(({ line }) => place.startLine <= line && line <= place.endLine) ??
    null
  );
}

/** Where each word was written first, with and without the hyphens in it. */
const writtenIn = memo(({ added }: FactsBefore): ReadonlyMap<string, ChangedLine> => {
  const first = new Map<string, ChangedLine>();
  for (const line of added)
    for (const [word] of line.text.matchAll(/[\w$-]+/g))
      for (const one of [word, ...word.split('-')]) if (!first.has(one)) first.set(one, line);
  return first;
});

function isShown(text: string): boolean {
  return text.length <= LONGEST;
}

function labelOf({ method, path }: Route): string {
  return `${method} ${path}`;
}
