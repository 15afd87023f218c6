import type { ProcedureModel } from '../../flows/data/fact-keys.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import { type Frame, noteMatters, type Run, sourceOf } from '../../flows/run/run.ts';
import type { Closure, Home, Value } from '../../flows/values/value.ts';
import type { Procedure } from '../facts.ts';
import type { FactModels } from '../read/compile-fact-models.ts';
import { find, idOf, type Look, siteOf, withId } from '../read/look.ts';
import { placed } from '../read/placed.ts';
import { pickAll, textAt } from '../read/read-argument.ts';
import { readDecorator } from '../read/read-decorator.ts';
import { rolesOfName } from '../routes/decide-roles.ts';
import { listResolvers, type RootField } from './list-resolvers.ts';
import { listServices } from './list-services.ts';
import { fieldsOfTypes, type Noted } from './noted.ts';
import { serviceNameOf } from './service-name.ts';
import { describeTyped } from './typed-arguments.ts';

export interface Procedures {
  /** Notes what a call says of procedures; gives the result with the identity of what it made. */
  note(look: Look, result: Value): Value;
  /** What a library gives to a function: something that stands in a namespace. */
  given(look: Look, index: number, value: Value): Value;
  decorated(run: Run, frame: Frame, closure: Closure, models: FactModels): void;
  list(run: Run, homes: readonly Home[], modelsOf: (home: Home) => FactModels): Procedure[];
}

/** `protectedProcedure`, as the documentation of tRPC calls it. */
const GUARDED = /^(?:protected|private|auth|admin|user|member|staff|signedIn|loggedIn)/i;

/** What an identity says of the namespace that something stands in. */
const NAMESPACE = 'namespace ';
const MOST_WAYS = 4;

/** How callers reach what stands in a router. */
interface Way {
  name: string;
  at: string | null;
  isTop: boolean;
}

const DEEPEST = 6;

/** Functions that callers reach by a name: of tRPC, GraphQL, gRPC and Socket.IO. */
export function createProcedures(): Procedures {
  const answers = new Map<
    string,
    Pick<Noted, 'closure' | 'home' | 'span'> & { model: ProcedureModel; authorised: boolean }
  >();
  const noted = new Map<string, Noted>();
  /** Where a router stands in another one, and by which name. */
  const joined = new Map<string, Map<string, string>>();
  /** Where routers are served; null: under a path that another call says. */
  const served = new Map<string, string | null>();
  /** Paths at which a schema of GraphQL is served. */
  const schemas = new Set<string>();
  const graphs = new Set<string>();
  const roots: RootField[] = [];
  /** Routers that are called as the outermost one is. */
  const outermost = new Set<string>();
  let isWrapped = false;

  const join = (router: string, value: Value, name: string, depth: number): void => {
    const id = idOf(value);
    if (id !== null) joined.set(id, (joined.get(id) ?? new Map()).set(`${router} ${name}`, router));
    else if (depth < DEEPEST && value.functions.length === 0)
      for (const [key, one] of value.entries ?? []) join(router, one, name === '' ? key : `${name}.${key}`, depth + 1);
  };
  /** The first ways to a router, each router at each depth looked at once. */
  const waysTo = (id: string, known: Map<string, Way[]>, depth = 0): readonly Way[] => {
    const key = `${depth} ${id}`;
    const before = known.get(key);
    if (before) return before;
    const at = served.get(id);
    const all: Way[] = at === undefined ? [] : [{ name: '', at, isTop: true }];
    for (const [joint, router] of depth > DEEPEST ? [] : (joined.get(id) ?? [])) {
      if (all.length >= MOST_WAYS) break;
      const name = joint.slice(router.length + 1);
      for (const way of waysTo(router, known, depth + 1))
        all.push({
          ...way,
          name: [way.name, name].filter((part) => part !== '').join('.'),
          isTop: way.isTop || depth > 0,
        });
    }
    const ways = all.length > 0 ? all.slice(0, MOST_WAYS) : [{ name: '', at: null, isTop: outermost.has(id) }];
    known.set(key, ways);
    return ways;
  };

  const noteAnswer = (look: Look, model: ProcedureModel): void => {
    const { one, frame } = look;
    const { home } = frame.closure;
    const at = { home, span: one.call.span };
    if (model.by === 'grpc') {
      const service = pickAt(one, 0)[0];
      const name = service && serviceNameOf(service.value, sourceOf(home, service.span, 200));
      for (const [key, value] of pickAt(one, 1)[0]?.value.entries ?? [])
        for (const closure of name ? value.functions.slice(0, 1) : [])
          noted.set(`${siteOf(look)} ${key}`, {
            ...at,
            ...PLAIN,
            by: 'grpc',
            name: `${name?.name}/${key.charAt(0).toUpperCase()}${key.slice(1)}`,
            whole: name?.whole ?? false,
            closure,
          });
      return;
    }
    const name = model.name === undefined ? null : textAt(pickAt(one, model.name)[0]?.value);
    const functions = one.args.list.flatMap((value) => value.functions);
    const [closure] = functions;
    if (!closure || functions.length > 1 || name === null || name.includes('…')) return;
    const id = idOf(one.receiver);
    noted.set(siteOf(look), {
      ...at,
      ...PLAIN,
      by: model.by,
      name,
      at: id === null ? '/' : id.startsWith(NAMESPACE) && !id.includes('…') ? id.slice(NAMESPACE.length) : null,
      closure,
    });
  };

  return {
    note(look, result) {
      const model = find(look, look.models.procedure)?.model;
      const { one, frame } = look;
      // `app.use('/trpc', createExpressMiddleware({ router }))`
      for (const value of one.args.list) {
        const id = served.size > 0 ? idOf(value) : null;
        const path = id !== null && served.get(id) === null && !model ? textAt(one.args.list[0]) : null;
        if (
          id !== null &&
          path?.startsWith('/') &&
          OUTERMOST.test(sourceOf(frame.closure.home, one.call.of.span, 60))
        ) {
          served.set(id, path.replace(/\/\*?$/, ''));
          if (graphs.has(id)) schemas.add(path.replace(/\/\*?$/, ''));
        }
      }
      if (!model) return result;
      const at = siteOf(look);
      noteMatters(look.run, [one.receiver, ...one.args.list]);
      switch (model.does) {
        case 'answers': {
          const [closure] = one.args.list.flatMap((value) => value.functions);
          if (model.by !== 'trpc') noteAnswer(look, model);
          else if (closure) {
            const { home } = frame.closure;
            const [root = ''] = sourceOf(home, one.call.of.span, 60).split('.');
            const authorised = GUARDED.test(root) || rolesOfName(root).includes('authorises');
            answers.set(at, { model, closure, home, span: [one.call.span[1] - 1, one.call.span[1]], authorised });
            return withId(result, at);
          }
          return result;
        }
        case 'joins':
          if (model.by === 'graphql') {
            for (const { value } of pickAll(one, model.of))
              for (const [type, name, closure] of fieldsOfTypes(value)) roots.push({ type, name, closure });
            return result;
          }
          for (const { value } of pickAll(one, model.of ?? 'all')) join(at, value, '', 0);
          if (/\b_?(?:app|root)_?router\s*=\s*$/i.test(frame.closure.home.text.slice(0, one.call.span[0]).slice(-40)))
            outermost.add(at);
          return withId(result, at);
        case 'served': {
          const [router] = pickAll(one, model.of);
          for (const [key, { functions }] of (model.by === 'graphql' && router?.value.entries) || [])
            for (const closure of functions.slice(0, 1)) roots.push({ type: null, name: key, closure });
          const [said] = pickAll(one, model.at);
          const path = said ? textAt(said.value) : (model.path ?? null);
          if (router) join(at, router.value, '', 0);
          const known = path === null || path.includes('…') ? null : path.replace(/\/$/, '');
          served.set(at, known);
          if (model.by === 'graphql') graphs.add(at);
          if (model.by === 'graphql' && known !== null) schemas.add(known);
          return withId(result, at);
        }
        case 'opens':
          return withId(result, `${NAMESPACE}${textAt(pickAt(one, model.at ?? 0)[0]?.value) ?? '…'}`);
        case 'wraps':
          isWrapped ||= pickAll(one, model.of).length > 0;
          return result;
      }
    },
    given({ one, models, ...look }, index, value) {
      const id = index === 0 ? idOf(one.receiver) : null;
      return id?.startsWith(NAMESPACE) && find({ one, models, ...look }, models.procedure) === null
        ? withId(value, id)
        : value;
    },
    decorated(run, frame, closure, models) {
      if (!models.procedureUnder.has) return;
      const { form, home } = closure;
      for (const decorator of form.decorators)
        for (const { look } of readDecorator(run, frame, decorator, models)) {
          const model = find(look, models.procedureUnder)?.model;
          if (!model) continue;
          const said = describeTyped(look, closure, model);
          if (said) noted.set(siteOf(look), { closure, home, span: form.at, ...PLAIN, ...said });
        }
    },
    list(run, homes, modelsOf) {
      const known = new Map<string, Way[]>();
      const all = [
        ...noted.values(),
        ...[...answers].flatMap(([id, { model, closure, home, span, authorised }]): Noted[] =>
          waysTo(id, known).flatMap(({ name, at, isTop }) =>
            name === ''
              ? []
              : {
                  by: model.by,
                  name,
                  operation: model.operation ?? null,
                  at,
                  whole: isTop,
                  takes: isWrapped ? [{ name: 'json', type: null, required: true }] : [],
                  fields: null,
                  authorised,
                  closure,
                  home,
                  span,
                },
          ),
        ),
        ...homes.flatMap((home) => listServices(run, home, modelsOf(home).services)),
        ...listResolvers(run, homes, roots),
      ];
      const [schemaAt = null] = schemas.size === 1 ? schemas : [];
      return all.map(({ closure, home, span, ...one }) => ({
        ...one,
        at: one.by === 'graphql' ? schemaAt : one.at,
        takes: one.takes ?? takesOf(closure),
        authorised: one.authorised ?? isAuthorised(closure),
        handler: { name: closure.form.name || 'inline function', place: placed(closure.home, closure.form.span) },
        place: placed(home, span),
      }));
    },
  };
}

const PLAIN = { operation: null, at: null, whole: true, fields: null } as const;

/** Nothing stands before what is given to it: it is no router of another one. */
const OUTERMOST = /^(?:app|server|fastify|application)\.\w+$/;

/** By the names of its decorators, and of those of its class. */
function isAuthorised({ home, form }: Closure): boolean {
  const above = form.owner === null ? [] : (home.module.classes[form.owner]?.decorators ?? []);
  return [...form.decorators, ...above].some(({ span }) =>
    (sourceOf(home, span, 200).match(/\w+/g) ?? []).some((word) => rolesOfName(word).includes('authorises')),
  );
}

function takesOf({ home, form }: Closure): Procedure['takes'] {
  return form.parameters.map(({ name, span }) => ({
    name: name.startsWith('$') ? sourceOf(home, span) : name,
    type: null,
    required: true,
  }));
}
