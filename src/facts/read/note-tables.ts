import type { RouteModel } from '../../flows/data/fact-keys.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import type { Home, Value } from '../../flows/values/value.ts';
import type { Span } from '../../languages/form.ts';
import type { RouterGraph } from '../routes/router-graph.ts';
import { listMembers } from './class-members.ts';
import { idOf, type Look, siteOf, withId } from './look.ts';
import { textAt } from './read-argument.ts';

/** `Application([(r'/orders', OrdersHandler)])` */
export function noteTable(graph: RouterGraph, look: Look, model: RouteModel, result: Value): Value {
  const router = siteOf(look);
  graph.add(router, { path: '', before: [], place: placeAt(look), served: true });
  const rows =
    model.path === undefined
      ? []
      : pickAt(look.one, model.path).flatMap(({ value }) => [...(value.entries?.values() ?? [])]);
  for (const row of rows) {
    const path = textAt(row.entries?.get('0'));
    const view = row.entries?.get('1')?.of;
    if (path === null || !view || view.instance) continue;
    for (const member of listMembers(look, view.class, model))
      graph.route({
        router,
        weak: false,
        site: `${router} ${path} ${member.name}`,
        methods: [member.method],
        path: path.replace(/\$$/, ''),
        before: member.before,
        around: [],
        handler: { name: member.name, value: member.value },
        validated: false,
        status: null,
        returns: false,
        response: null,
        home: view.class.home,
        span: member.value.functions[0]?.form.at ?? look.one.call.span,
      });
  }
  return result;
}

/** The id of the router that a file is. */
export function fileRouter(path: string): string {
  return `${path}#routes`;
}

/** `include('orders.urls')`, `include(router.urls)`: the result is the router of that file, or that router. */
export function includeModule(look: Look, model: RouteModel, result: Value): Value {
  const { run, frame, one } = look;
  const [given] = model.path === undefined ? [] : pickAt(one, model.path);
  const module = textAt(given?.value);
  const homes = module === null ? [] : run.program.resolve(frame.closure.home, module);
  const [home] = homes;
  if (home) return withId(result, fileRouter(home.path));
  const written = one.call.arguments[0]?.value;
  const id = written?.kind === 'field' ? idOf(run.evaluate(frame, written.of)) : null;
  return id === null ? result : withId(result, id);
}

export function placeAt({ frame, one }: Look): { home: Home; span: Span } {
  return { home: frame.closure.home, span: one.call.span };
}
