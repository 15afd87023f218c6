import { isInHandler } from '../../flows/requests/is-handler.ts';
import { type Run, symbolOf } from '../../flows/run/run.ts';
import type { Closure } from '../../flows/values/value.ts';
import type { Span } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { isWithin } from '../changes/pairs-of.ts';
import type { Answer, Input, NamedStatus, Route } from '../facts.ts';
import type { RouterGraph } from '../routes/router-graph.ts';
import { listFields } from './list-fields.ts';
import { type Inputs, listParameters } from './list-inputs.ts';
import { answerOf, type PlacedAnswer, type PlacedStatus } from './note-answers.ts';
import { placed } from './placed.ts';

/** What handlers send: by a call, or by giving it back. */
export function listAnswers(
  run: Run,
  graph: RouterGraph,
  called: readonly PlacedAnswer[],
  routes: readonly Route[],
): Answer[] {
  return [...called, ...returnedBy(run, graph, called)].flatMap((one) => placeAnswer(one, routes));
}

/** What is sent by giving it back, or declared to be sent. */
function returnedBy(run: Run, graph: RouterGraph, others: readonly PlacedAnswer[]): PlacedAnswer[] {
  return graph.list().flatMap(({ event: { returns, response, handler, status } }) => {
    const [closure] = handler.value?.functions ?? [];
    const own = closure && returns ? answerOf(run, closure) : null;
    // `return jsonify(…)` is said by the call.
    const isSaid = others.some(({ home, span }) => home === own?.home && holds(own.form.span, span));
    if (!own || (isSaid && own.fields.size === 0 && !response)) return [];
    // The class itself stands there, and one of its objects is sent.
    const of = response?.of && { ...response.of, instance: true };
    return [{ ...own, status, ...(response && listFields(run, of ? { ...response, of } : response)) }];
  });
}

export function listStatuses(named: readonly PlacedStatus[], routes: readonly Route[]): NamedStatus[] {
  return named.flatMap(({ status, function: name, home, span }) => {
    const place = placed(home, span);
    const route = routes.find(({ handler }) => handler.place !== null && isWithin(place, handler.place));
    return route ? [{ status, route: `${route.method} ${route.path}`, function: name, place }] : [];
  });
}

export interface PlacedInputs {
  closure: Closure;
  inputs: Inputs;
  span: Span;
}

/** By handler and name; of two calls that read the same, one that must find it. */
export function listInputs(
  run: Run,
  graph: RouterGraph,
  bound: readonly PlacedInputs[],
  routes: readonly Route[],
): Input[] {
  const declared = graph.list().flatMap(({ event: { handler, path, returns } }): PlacedInputs[] => {
    const [closure] = handler.value?.functions ?? [];
    if (!closure || !returns) return [];
    const span = [closure.form.at[0], closure.form.span[1]] as const;
    return [{ closure, inputs: listParameters(run, closure, path), span }];
  });
  const all = [...declared, ...bound].flatMap(({ closure, inputs, span }) => {
    const place = placed(closure.home, span);
    const route = routes.find(({ handler }) => handler.place !== null && isWithin(place, handler.place));
    if (!route && !isInHandler(closure.home, closure.form)) return [];
    return [...inputs].map(
      ([name, required]): Input => ({
        name,
        required,
        route: route ? `${route.method} ${route.path}` : null,
        function: symbolOf({ closure }),
        within: placed(closure.home, closure.form.span),
        place,
      }),
    );
  });
  const key = (one: Input): string => `${one.place.path} ${one.place.startLine} ${one.name}`;
  return [
    ...new Map(all.sort((a, b) => Number(a.required) - Number(b.required)).map((one) => [key(one), one])).values(),
  ];
}

/** What is sent outside of all handlers goes to no caller. */
function placeAnswer({ home, form, span, fields, open, ...one }: PlacedAnswer, routes: readonly Route[]): Answer[] {
  const within = placed(home, form.span);
  const place = placed(home, span);
  const route = routes.find(({ handler }) => handler.place !== null && isWithin(place, handler.place));
  if (!route && !isInHandler(home, form)) return [];
  return [
    {
      ...one,
      fields: [...fields].sort(),
      open: [...open].sort(),
      route: route ? `${route.method} ${route.path}` : null,
      within,
      place,
    },
  ];
}
