import type { RouteModel } from '../../flows/data/fact-keys.ts';
import { annotatedElsewhere } from '../../flows/program/annotated.ts';
import { atTop, externalBases } from '../../flows/program/class-bases.ts';
import { resolveTypeName } from '../../flows/program/types.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import type { Frame, Run } from '../../flows/run/run.ts';
import type { Closure, Home } from '../../flows/values/value.ts';
import { opaqueValue } from '../../flows/values/values.ts';
import type { ClassForm, Expression, FunctionForm, Type } from '../../languages/form.ts';
import type { Before, RouterGraph } from '../routes/router-graph.ts';
import type { FactModels } from './compile-fact-models.ts';
import { labelOf } from './label-of.ts';
import { idOf, type Look, siteOf } from './look.ts';
import { beforeAt, methodsOf, statusOf } from './note-routes.ts';
import { clip, pickAll, textAt } from './read-argument.ts';
import { type Decorated, readDecorator } from './read-decorator.ts';

/** Routes that decorators of a function make: `@app.route('/x')`, `@Get(':id')`. */
export function noteDecorated(graph: RouterGraph, run: Run, frame: Frame, closure: Closure, models: FactModels): void {
  if (!models.decorated.has) return;
  const { form, home } = closure;
  const all = form.decorators.flatMap((one) => readDecorator(run, frame, one, models));
  const answers = all.filter(({ model }) => model?.does === 'answers');
  if (answers.length === 0) return;
  const owner = form.owner === null ? null : (home.module.classes[form.owner] ?? null);
  const controller = owner && noteController(graph, run, home, owner, models);
  // A method of a class that is no controller has its router from somewhere else.
  const before = [...beforeOfDecorators(all), ...injected(run, frame, form)];
  const status = all.map(({ look, model }) =>
    model?.status === undefined ? null : statusOf(pickAt(look.one, model.status)[0]?.value),
  );
  for (const { look, model } of answers) {
    if (!model) continue;
    const { one } = look;
    const known = idOf(one.receiver);
    const router =
      known ??
      controller ??
      `${home.path} ${one.receiver ? clip(one.receiver.pieces.map((piece) => (piece.kind === 'hole' ? piece.name : '')).join('')) : ''}`;
    graph.route({
      router,
      weak: known === null && controller === null,
      site: siteOf(look),
      methods: methodsOf(look, model),
      path: pathOf(look, model),
      before: [...beforeAt(look, model.middleware ?? []), ...before],
      around: [],
      handler: {
        name: owner ? `${owner.name}.${form.name}` : form.name,
        value: { ...opaqueValue(form.name), functions: [closure] },
      },
      validated:
        pickAll(one, model.schema).length > 0 || form.parameters.some(({ type }) => isSchema(run, home, type, models)),
      status: status.find((code) => code !== null) ?? null,
      returns: model.returns,
      response: model.response === undefined ? null : (pickAt(one, model.response)[0]?.value ?? null),
      home,
      span: form.at,
    });
  }
}

function pathOf({ one }: Look, { path = 0 }: RouteModel): string {
  const [found] = pickAt(one, path);
  return found ? (textAt(found.value) ?? '…') : '';
}

/** The class under whose decorator the methods are routes. Null: it is none. */
function noteController(graph: RouterGraph, run: Run, home: Home, owner: ClassForm, models: FactModels): string | null {
  const id = `${home.path}#${owner.name}`;
  if (graph.has(id)) return id;
  const frame = atTop(run, home);
  const all = owner.decorators.flatMap((one) => readDecorator(run, frame, one, models));
  const controller = all.find(({ model }) => model?.does === 'router');
  if (!controller?.model) return null;
  const path =
    controller.model.path === undefined
      ? ''
      : (textAt(pickAt(controller.look.one, controller.model.path)[0]?.value) ?? '');
  graph.add(id, {
    path,
    before: beforeOfDecorators(all),
    place: { home, span: [owner.span[0], owner.span[0]] },
    served: false,
  });
  return id;
}

/** Whatever stands on a handler beside its route: it may let some requests through only. */
function beforeOfDecorators(all: readonly Decorated[]): Before[] {
  return all.flatMap(({ look, model, value }): Before[] => {
    if (model?.does === 'uses')
      return pickAll(look.one, model.middleware ?? 'all').map((one) => ({
        name: labelOf(look, one.value, one.span),
        value: one.value,
      }));
    return model === null ? [{ name: labelOf(look, value, look.one.call.span), value }] : [];
  });
}

/** `user: User = Depends(current_user)`: what the framework asks for first. */
function injected(run: Run, frame: Frame, form: FunctionForm): Before[] {
  const { home } = frame.closure;
  const models = run.modelsOf(home.module.language);
  const askedBy = (at: Frame, one: Expression): Before[] => {
    if (one.kind !== 'call') return [];
    const name = run.evaluate(at, one.of).name;
    const [first] = one.arguments;
    if (name === null || !models.injects(name) || !first) return [];
    const value = run.evaluate(at, first.value);
    return [{ name: labelOf({ frame: at }, value, first.value.span), value }];
  };
  return form.parameters.flatMap((parameter): Before[] => {
    const given = [...parameter.decorators, ...(parameter.byDefault ? [parameter.byDefault] : [])];
    const elsewhere = given.length === 0 ? annotatedElsewhere(run, home, parameter.type) : null;
    const calls = elsewhere
      ? elsewhere.decorators.flatMap((one) => askedBy(atTop(run, elsewhere.home), one))
      : given.flatMap((one) => askedBy(frame, one));
    // `user: CurrentUser`, an alias of a file that is not looked at.
    const alias =
      calls.length === 0 && parameter.type?.kind === 'named' && parameter.byDefault === null
        ? parameter.type.name
        : null;
    return alias === null
      ? calls
      : [
          ...calls,
          ...(/^current_?\w*user|^\w*(?:auth|admin)\w*(?:user|dep)/i.test(alias) ? [{ name: alias, value: null }] : []),
        ];
  });
}

/** A class of the program that says what a request must look like: by what it extends, or by decorators on its fields. */
function isSchema(run: Run, home: Home, type: Type | null, { role }: FactModels): boolean {
  if (type?.kind !== 'named') return false;
  const found = resolveTypeName(run, home, type.name);
  if (found.kind !== 'class') return false;
  const { form } = found.class;
  return (
    form.fields.some(({ decorators }) => decorators.length > 0) ||
    externalBases(run, found.class).some((base) => role(base)?.model === 'validates')
  );
}
