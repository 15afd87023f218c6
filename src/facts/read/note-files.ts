import { atTop } from '../../flows/program/class-bases.ts';
import { globalsOf } from '../../flows/program/lookup.ts';
import type { Run } from '../../flows/run/run.ts';
import type { Closure, Home } from '../../flows/values/value.ts';
import { opaqueValue } from '../../flows/values/values.ts';
import type { Expression } from '../../languages/form.ts';
import type { RouterGraph } from '../routes/router-graph.ts';
import { unwrapHandler } from '../routes/unwrap-handler.ts';
import type { FactModels } from './compile-fact-models.ts';

/** Routes that a file is by its place: `app/orders/[id]/route.ts` with its exports `GET` and `POST`. */
export function noteFiles(graph: RouterGraph, run: Run, home: Home, models: FactModels): void {
  for (const model of models.files) {
    const [, within] = new RegExp(model.file ?? '(?!)').exec(home.path) ?? [];
    if (within === undefined) continue;
    const frame = atTop(run, home);
    const wanted = new RegExp(`^(?:${model.exports ?? '.*'})$`);
    for (const { name, local, module } of home.module.exports) {
      if (module !== null || !wanted.test(name)) continue;
      const value = globalsOf(run, home).names.get(local) ?? null;
      const written = initialOf(home, local);
      const { around, inner } = unwrapHandler({ run, frame }, written);
      const [closure] = (inner ?? value)?.functions ?? [];
      if (!closure && !written) continue;
      const id = `${home.path}#file`;
      graph.add(id, { path: '', before: [], place: { home, span: [0, 0] }, served: true });
      graph.route({
        router: id,
        weak: false,
        site: `${home.path}:${name}`,
        methods: model.methods === 'name' ? [name] : model.methods,
        path: pathOf(within),
        before: [],
        around,
        handler: { name: closure?.form.name || name, value: closure ? functionValue(name, closure) : value },
        validated: false,
        status: null,
        returns: false,
        response: null,
        home,
        span: closure?.home === home ? closure.form.at : (written?.span ?? [0, 0]),
      });
    }
  }
}

function functionValue(name: string, closure: Closure) {
  return { ...opaqueValue(name), functions: [closure] };
}

/** What an exported name is set to, as it is written. */
function initialOf(home: Home, name: string): Expression | null {
  for (const one of home.module.functions[0]?.body ?? [])
    if (one.kind === 'set' && one.target.kind === 'name' && one.target.name === name) return one.value;
  return null;
}

/** Without groups (`(shop)`), slots (`@modal`) and `index`, which are no part of an address. */
function pathOf(within: string): string {
  const parts = within.split('/').filter((part) => part !== '' && !/^\(.*\)$|^@/.test(part));
  if (parts.at(-1) === 'index') parts.pop();
  return `/${parts.join('/')}`;
}
