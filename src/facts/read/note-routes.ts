import type { RouteModel } from '../../flows/data/fact-keys.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import { type Evaluated, noteMatters, sourceOf } from '../../flows/run/run.ts';
import type { Closure, Value } from '../../flows/values/value.ts';
import type { Expression, Span } from '../../languages/form.ts';
import { lastPart } from '../../text/last-part.ts';
import type { Before, RouterGraph } from '../routes/router-graph.ts';
import { unwrapHandler } from '../routes/unwrap-handler.ts';
import { listMembers, viewOf } from './class-members.ts';
import { labelOf } from './label-of.ts';
import { find, idOf, isSymbolic, type Look, siteOf, withId } from './look.ts';
import { fileRouter, includeModule, noteTable, placeAt } from './note-tables.ts';
import { itemsOf, nameOfValue, numberAt, pickAll, textAt } from './read-argument.ts';
import { readDecorated } from './read-decorated.ts';

/** Notes what a call says of routers and routes; gives the result with the identity of its router. */
export function noteRoute(graph: RouterGraph, look: Look, result: Value): Value {
  const found = find(look, look.models.route);
  const { run, one } = look;
  const { receiver } = one;
  if (!found) {
    const id = idOf(receiver);
    return id !== null && idOf(result) === null && result.name !== null && result.name === receiver?.name
      ? withId(result, id)
      : result;
  }
  const { model } = found;
  noteMatters(run, [receiver, ...one.args.list, ...one.args.named.values()]);
  if (model.does === 'router') return makeRouter(graph, look, model, result);
  if (model.does === 'module') return includeModule(look, model, result);
  if (model.does === 'table') return noteTable(graph, look, model, result);
  const router =
    model.router === 'file'
      ? { id: fileRouter(look.frame.closure.home.path), weak: false }
      : routerOf(graph, look, receiver, one.call.of.kind === 'field' ? one.call.of.of : one.call.of);
  const read = readArguments(graph, look, model);
  if (model.served === true) graph.add(router.id, { path: '', before: [], place: null, served: true });
  const event = { router: router.id, weak: router.weak || isSymbolic(one.args.list), site: siteOf(look) };
  if (model.does === 'group') {
    const id = `${event.site} of ${router.id}`;
    graph.add(id, { path: '', before: [], place: placeAt(look), weak: router.weak, served: false });
    graph.link({ ...event, weak: router.weak, child: id, path: read.path ?? '', before: read.before, instead: false });
    return withId(result, id);
  }
  if (model.does === 'answers') {
    const mounted = model.router === 'file' ? idOf(read.handler?.value) : null;
    if (mounted !== null) {
      graph.add(router.id, { path: '', before: [], place: null, served: true });
      graph.link({ ...event, child: mounted, path: read.path ?? '', before: [], instead: false });
    } else if (read.handler) noteAnswer(graph, look, model, read, event);
  } else if (model.does === 'uses' || model.does === 'mounts') {
    for (const { id, instead } of read.routers)
      graph.link({ ...event, child: id, path: read.path ?? '', before: read.before, instead });
    if (read.routers.length === 0 && read.before.length > 0)
      for (const path of [read.path ?? '', ...read.more])
        graph.use({ ...event, path, before: read.before, always: model.always });
  }
  // `router.get(…).post(…)`
  return idOf(result) === null && result.name !== null && result.name === receiver?.name
    ? withId(result, router.id)
    : result;
}

/** A handler, or each method of a class that answers. */
function noteAnswer(
  graph: RouterGraph,
  look: Look,
  model: RouteModel,
  read: Read,
  event: { router: string; weak: boolean; site: string },
): void {
  const { handler } = read;
  if (!handler) return;
  const answer = { ...event, ...readAnswer(look, model, read) };
  const { methods, path: written } = methodsAndPath(look, model, read.path);
  // A path by pattern: its anchors are no part of it.
  const path = model.router === 'file' ? written.replace(/^\^/, '').replace(/\$$/, '') : written;
  const view = viewOf(look, read.written, handler.value);
  const members = view ? listMembers(look, view, model) : [];
  for (const member of members)
    graph.route({
      ...answer,
      methods: [member.method],
      path: member.rest === '' && !model.members ? path : `${path.replace(/\/$/, '')}/${member.rest}`,
      before: [...answer.before, ...member.before],
      handler: { name: member.name, value: member.value },
    });
  if (members.length > 0) return;
  const [closure] = handler.value?.functions ?? [];
  const said = closure && model.router === 'file' ? readDecorated(look, closure) : { before: [], methods: [] };
  for (const each of [path, ...read.more])
    graph.route({
      ...answer,
      methods: said.methods.length > 0 ? said.methods : methods,
      path: each,
      before: [...answer.before, ...said.before],
      handler,
    });
}

/** The router that a library gives to a function: `router.route('/x', (r) => …)`. */
export function noteScope(graph: RouterGraph, look: Look, closure: Closure, index: number, value: Value): Value {
  const found = find(look, look.models.route);
  if (index !== 0 || found?.model.does !== 'scope') return value;
  const { one } = look;
  const router = routerOf(graph, look, one.receiver, one.call.of.kind === 'field' ? one.call.of.of : one.call.of);
  const id = `${siteOf(look)} of ${router.id} ${closure.form.at[0]}`;
  const path = found.model.path === undefined ? null : textAt(pickAt(one, found.model.path)[0]?.value);
  noteMatters(look.run, [one.receiver]);
  graph.add(id, { path: '', before: [], place: placeAt(look), weak: router.weak, served: false });
  graph.link({
    router: router.id,
    weak: router.weak,
    site: siteOf(look),
    child: id,
    path: path ?? '',
    before: [],
    instead: false,
  });
  return withId(value, id);
}

function makeRouter(graph: RouterGraph, look: Look, model: RouteModel, result: Value): Value {
  const id = siteOf(look);
  const path = model.path === undefined ? null : textAt(pickAt(look.one, model.path)[0]?.value);
  graph.add(id, {
    path: path ?? '',
    before: beforeAt(look, model.middleware ?? []),
    place: placeAt(look),
    served: model.served === true || (model.served === 'unless returned' && look.frame.closure.form.returns === null),
  });
  return withId(result, id);
}

/** Which router it is: by where it was made, or else by the name that it has here. */
function routerOf(
  graph: RouterGraph,
  look: Look,
  value: Value | null,
  expression: Expression,
): { id: string; weak: boolean } {
  const known = idOf(value);
  if (known !== null) return { id: known, weak: graph.isWeak(known) };
  const { home, form } = look.frame.closure;
  const [only] = value?.pieces ?? [];
  const parameter = only?.kind === 'hole' ? only.taints.find((taint) => taint.parameter)?.parameter : undefined;
  if (parameter) return { id: [parameter.function, parameter.index, ...parameter.path].join('.'), weak: true };
  const text = sourceOf(home, expression.span);
  const [root = '', ...rest] = text.split('.');
  const receiver = form.receiver === null ? null : form.parameters[0]?.name;
  const owner = form.receiver ?? (form.owner === null ? null : home.module.classes[form.owner]?.name);
  if (owner && (root === receiver || root === 'this' || root === 'self'))
    return { id: [`${home.path.slice(0, home.path.lastIndexOf('/') + 1)}${owner}`, ...rest].join('.'), weak: true };
  return { id: `${home.path} ${text}`, weak: true };
}

interface Read {
  path: string | null;
  /** Where the path is a list: its further items. */
  more: readonly string[];
  before: readonly Before[];
  handler: { name: string; value: Value | null } | null;
  /** Functions that the handler was given to. */
  around: readonly Before[];
  /** The handler as it is written. */
  written: Expression | null;
  routers: readonly { id: string; instead: boolean }[];
}

function readArguments(graph: RouterGraph, look: Look, model: RouteModel): Read {
  const { one } = look;
  const positional = one.args.list.flatMap((value, index) => {
    const span = one.call.arguments.filter(({ name }) => name === null)[index]?.value.span ?? one.call.span;
    return itemsOf(value).map((item) => ({ value: item, span, isItem: item !== value }));
  });
  const [first] = positional;
  const chosen = model.path === undefined ? undefined : pickAt(one, model.path)[0];
  const isPath = (value: Value): boolean => value.functions.length === 0 && textAt(value) !== null;
  const isFirst =
    model.path === undefined &&
    first !== undefined &&
    (isPath(first.value) || mustBePath(model, one.call, first.value, positional.length));
  const path = chosen ? (textAt(chosen.value) ?? '…') : isFirst ? (textAt(first.value) ?? '…') : null;
  const rest = positional
    .slice(isFirst ? 1 : 0)
    .filter(({ value }) => !isPath(value) && value !== chosen?.value && value.constant === undefined);
  const more =
    isFirst && first.isItem
      ? positional
          .slice(1)
          .flatMap(({ value, span, isItem }) =>
            isItem && span === first.span && isPath(value) ? [textAt(value) ?? '…'] : [],
          )
      : [];
  const routers = rest.flatMap(({ value }) => {
    const id = idOf(value);
    return id !== null && graph.has(id) ? [{ id, instead: model.instead && path !== null }] : [];
  });
  const handlers = model.handler === undefined ? rest.slice(-1) : pickAt(one, model.handler).slice(0, 1);
  const [handler] = handlers;
  const written = handler && one.call.arguments.find(({ value }) => value.span === handler.span)?.value;
  const { around, inner } = unwrapHandler(look, written ?? null);
  const others = rest.filter(
    ({ value }) => (model.does !== 'answers' || value !== handler?.value) && !graph.has(idOf(value) ?? ''),
  );
  const before =
    model.middleware === undefined
      ? others
          .filter(({ value }) => !isOptions(value))
          .map((other) => beforeOf(look, other.value, other.isItem ? null : other.span))
      : beforeAt(look, model.middleware);
  return {
    path,
    more,
    before,
    handler: handler ? { name: labelOf(look, handler.value, handler.span), value: inner ?? handler.value } : null,
    around,
    written: written ?? null,
    routers,
  };
}

/** `router.get(path, handler)` with a path that is not known, or a pattern. */
function mustBePath(model: RouteModel, call: Evaluated['call'], value: Value, count: number): boolean {
  return (
    model.does === 'answers' &&
    count > 1 &&
    call.arguments[0]?.value.kind !== 'call' &&
    value.functions.length === 0 &&
    !isOptions(value) &&
    idOf(value) === null &&
    (value.name === null || /^RegExp\b/.test(value.name))
  );
}

/** `{ schema: … }` is no function. */
function isOptions(value: Value): boolean {
  return value.functions.length === 0 && value.entries !== null && value.name === null && value.of === null;
}

export function beforeAt(look: Look, ats: NonNullable<RouteModel['middleware']>): Before[] {
  return pickAll(look.one, ats).flatMap(({ value, span }) => {
    const items = itemsOf(value);
    return items.map((item) => beforeOf(look, item, items.length === 1 && item === value ? span : null));
  });
}

function beforeOf(look: Look, value: Value, span: Span | null): Before {
  const [fn] = value.functions;
  const name = span === null ? nameOfValue(value) : labelOf(look, value, span);
  // `Depends(current_user)`
  const isInjected =
    value.name !== null &&
    look.run.modelsOf(look.frame.closure.home.module.language).injects(value.name.replace(/\(\)$/, ''));
  if (isInjected)
    return {
      name: fn?.form.name || (/\(([\w.]+)/.exec(name)?.[1] ?? name),
      value: fn ? { ...value, name: null } : value,
    };
  return { name, value };
}

const METHODS = /^(?:get|post|put|patch|delete|del|head|options|all|any|connect|trace|websocket)$/i;

function methodsAndPath(look: Look, model: RouteModel, path: string | null): { methods: string[]; path: string } {
  const [, inPath, rest] = /^([A-Z]+) +(\S.*)$/.exec(path ?? '') ?? [];
  if (inPath !== undefined && rest !== undefined) return { methods: [inPath], path: rest };
  return { methods: methodsOf(look, model), path: path ?? '' };
}

export function methodsOf({ one }: Look, { methods, methodsAt }: RouteModel): string[] {
  const said =
    methodsAt === undefined
      ? []
      : pickAt(one, methodsAt).flatMap(({ value }) => itemsOf(value).flatMap((item) => methodName(item) ?? []));
  if (said.length > 0) return said;
  if (methods !== 'name') return methods;
  return [METHODS.test(one.method) ? canonical(one.method) : 'ANY'];
}

function canonical(method: string): string {
  const upper = method.toUpperCase();
  return upper === 'DEL' ? 'DELETE' : upper === 'ALL' || upper === '*' ? 'ANY' : upper;
}

/** `'POST'`, `http.MethodPost`, `RequestMethod.POST`. */
function methodName(value: Value): string | null {
  const text =
    textAt(value) ??
    value.name
      ?.split('.')
      .at(-1)
      ?.replace(/^Method/, '') ??
    null;
  return text === null || text === '…' ? null : canonical(text);
}

function readAnswer(look: Look, model: RouteModel, { before, around }: Read) {
  const { one, frame } = look;
  return {
    before,
    around,
    validated: pickAll(one, model.schema).length > 0,
    status: model.status === undefined ? null : statusOf(pickAt(one, model.status)[0]?.value),
    returns: model.returns,
    response: model.response === undefined ? null : (pickAt(one, model.response)[0]?.value ?? null),
    home: frame.closure.home,
    // Of a chain, the line of this link.
    span: [one.call.of.span[1] - one.method.length, one.call.span[1]] as const,
  };
}

/** `404`, `http.StatusNotFound`, `status.HTTP_404_NOT_FOUND`, `HttpStatus.NOT_FOUND`. */
export function statusOf(value: Value | undefined): number | null {
  const number = numberAt(value);
  if (number !== null) return number >= 100 && number < 600 ? number : null;
  const last = lastPart(value?.name ?? '');
  const [, digits] = /(?:^|_)([1-5]\d\d)(?:_|$)/.exec(last) ?? [];
  if (digits !== undefined) return Number(digits);
  return (
    STATUSES[
      last
        .replace(/^Status/, '')
        .replaceAll('_', '')
        .toLowerCase()
    ] ?? null
  );
}

/** The names of RFC 9110, section 15, and RFC 6585, as libraries write them. */
const STATUSES: Readonly<Record<string, number>> = {
  ok: 200,
  created: 201,
  accepted: 202,
  nocontent: 204,
  partialcontent: 206,
  movedpermanently: 301,
  found: 302,
  seeother: 303,
  notmodified: 304,
  temporaryredirect: 307,
  permanentredirect: 308,
  badrequest: 400,
  unauthorized: 401,
  paymentrequired: 402,
  forbidden: 403,
  notfound: 404,
  methodnotallowed: 405,
  notacceptable: 406,
  requesttimeout: 408,
  conflict: 409,
  gone: 410,
  preconditionfailed: 412,
  requestentitytoolarge: 413,
  payloadtoolarge: 413,
  unsupportedmediatype: 415,
  teapot: 418,
  unprocessableentity: 422,
  unprocessablecontent: 422,
  locked: 423,
  toomanyrequests: 429,
  internalservererror: 500,
  notimplemented: 501,
  badgateway: 502,
  serviceunavailable: 503,
  gatewaytimeout: 504,
};
