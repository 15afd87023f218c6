import { atTop } from '../../flows/program/class-bases.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import type { Closure } from '../../flows/values/value.ts';
import type { Before } from '../routes/router-graph.ts';
import { labelOf } from './label-of.ts';
import type { Look } from './look.ts';
import { itemsOf, textAt } from './read-argument.ts';
import { readDecorator } from './read-decorator.ts';

interface DecoratedHandler {
  before: Before[];
  /** That decorators let in. */
  methods: string[];
  /** `@action(detail=True, methods=['post'])`: method, and what stands behind the path of the class. */
  action: [string, string] | null;
}

/** What decorators say of a handler that a route names elsewhere. */
export function readDecorated({ run, models }: Look, { home, form }: Closure): DecoratedHandler {
  const said: DecoratedHandler = { before: [], methods: [], action: null };
  for (const one of form.decorators) {
    const frame = atTop(run, home);
    const [read] = readDecorator(run, frame, one, models);
    if (!read) continue;
    const { look, model, value } = read;
    const listed =
      model?.methodsAt === undefined
        ? []
        : pickAt(look.one, model.methodsAt).flatMap((picked) => itemsOf(picked.value));
    const methods = listed.flatMap((item) => textAt(item)?.toUpperCase() ?? []);
    if (model?.does === 'methods')
      said.methods.push(...(methods.length > 0 ? methods : model.methods === 'name' ? [] : model.methods));
    else if (model?.does === 'action') {
      const [detail] = pickAt(look.one, 'detail');
      const path = textAt(pickAt(look.one, 'url_path')[0]?.value) ?? form.name;
      said.action = [methods[0] ?? 'GET', detail?.value.constant === true ? `<pk>/${path}/` : `${path}/`];
    } else if (model === null) said.before.push({ name: labelOf({ frame }, value, look.one.call.span), value });
  }
  return said;
}
