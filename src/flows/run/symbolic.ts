import type { Expression, Parameter, Type } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { compiled } from '../data/compiled.ts';
import type { Models, ParameterModel, Source } from '../data/models.ts';
import { annotatedElsewhere } from '../program/annotated.ts';
import { atTop, externalBases } from '../program/class-bases.ts';
import { ownerOf } from '../program/program.ts';
import { valueOfType } from '../program/types.ts';
import { isNumberOfRoute, namesOfRoute } from '../requests/route.ts';
import { serviceOf } from '../requests/rpc-service.ts';
import type { Closure, Home, Taint, Value } from '../values/value.ts';
import { containerValue, joinValues, opaqueValue, plainValue, UNKNOWN, YIELDED } from '../values/values.ts';
import { createEnvironment } from './environment.ts';
import { formValue } from './form-fields.ts';
import { createFrame, type Frame, modelsOf, placeOf, type Run, sourceOf } from './run.ts';

/**
 * What the parameters of a function are when nobody has called it: what decorators, declared types, the framework's methods and
 * conventions say; the rest is what its callers decide.
 *
 * @param withTaints whether what callers decide is noted: for the function's summary
 */
export function symbolicArguments(run: Run, closure: Closure, withTaints: boolean): Value[] {
  const { form, home } = closure;
  const models = modelsOf(run, home);
  const declared = form.declared ? valueOfType(run, home, form.declared, form.name).name : null;
  const convention = models.conventions.find(
    ({ names, imports, function: named, typed, reads }) =>
      reads === null &&
      (typed === null || (declared !== null && typed.includes(declared))) &&
      form.parameters.length >= names.length &&
      names.every((name, index) => name.test(form.parameters[index]?.name ?? '')) &&
      (named === null || named.test(form.name)) &&
      (imports === null ||
        home.module.imports.some(({ module, name }) => imports.test(module) || imports.test(`${module}.${name}`))),
  );
  const under = decoratorOf(run, closure);
  const decorated = under?.model;
  const route = under?.route ?? '';
  const method = methodModel(run, closure);
  const service = serviceOf(run.program, home, form, models.services);
  return form.parameters.map((parameter, index) => {
    const source = (kind: string, says: string, safe = 0, whole = false): Taint =>
      taintOf(closure, parameter, { kind, says, safe, whole });
    const own = parameterModel(run, closure, parameter);
    if (own?.model.type) return { ...opaqueValue(parameter.name), name: own.model.type };
    if (own) {
      const { kind, says, safe, whole, plain } = own.model;
      const written = sourceOf(home, own.decorator.span, 200);
      if (plain !== null && compiled(plain).test(written)) return plainValue(parameter.name);
      // A declared type is a schema: what reads the parameter checks it, as frameworks do.
      const isNamed = own.decorator.kind === 'call' && own.decorator.arguments.length > 0;
      const isWhole = whole && !isNamed && parameter.type === null;
      const checked =
        parameter.type?.kind === 'map'
          ? 0
          : run.labelOf('record') | (parameter.type?.kind === 'named' ? run.labelOf('merge') : 0);
      // `@Query('sort')`; in Python the first argument is a default value.
      const first =
        home.module.language === 'typescript' && own.decorator.kind === 'call'
          ? own.decorator.arguments[0]?.value
          : undefined;
      const given = {
        ...source(kind, says, isWhole ? safe : safe | checked, isWhole),
        ...(first?.kind === 'text' && { asked: first.value }),
      };
      return valueOfType(run, home, parameter.type, parameter.name, [given]);
    }
    if (service && (service.source === 'rest' ? index > service.parameters.length : index === service.source + 1))
      return valueOfType(run, home, parameter.type, parameter.name, [source(service.kind, service.says)]);
    const byMethod = method && (method.parameters[index] ?? null);
    const byForm = byMethod?.startsWith('#') ? givenForm(run, closure, parameter, byMethod) : null;
    if (byForm) return byForm;
    if (typeof byMethod === 'string' && !byMethod.startsWith('#'))
      return parameterOfType(run, closure, index, byMethod);
    if (method?.others && index >= method.parameters.length)
      return valueOfType(run, home, parameter.type, parameter.name, [
        // Whatever has fields there was made by a decorator, of a schema.
        source(method.others, method.says ?? 'a part of the path', run.labelOf('record')),
      ]);
    const injected = injectedValue(run, closure, parameter);
    if (injected) return injected;
    const typeGiven = decorated?.types[index];
    if (typeGiven) return { ...opaqueValue(parameter.name), name: typeGiven };
    if (
      decorated?.parameters &&
      !isInjected(parameter) &&
      !isMadeByProgram(parameter) &&
      isOfRequest(decorated, parameter, route)
    ) {
      if (isNumberOfRoute(route, parameter.name)) return plainValue(parameter.name);
      const typed = valueOfType(run, home, parameter.type, parameter.name, [
        {
          ...source(decorated.parameters, decorated.says ?? 'a parameter of the request'),
          safe: namesOfRoute(route).includes(parameter.name) ? run.labelOf('nosql') : 0,
        },
      ]);
      // A type of a library is what the library gives itself: a connection, the request.
      return typed.name !== null && models.knows(typed.name) && typed.of === null
        ? { ...typed, pieces: opaqueValue(parameter.name).pieces }
        : typed;
    }
    const conventional =
      convention?.types[index] ?? (parameter.type === null ? typeByReads(closure, parameter, models) : null);
    if (typeof conventional === 'string') {
      const isSource = models.field(conventional) !== null;
      const isOpen =
        parameter.type === null || parameter.type.kind === 'record' || (convention && convention.function !== null);
      if (isOpen || isSource) return parameterOfType(run, closure, index, conventional);
    }
    const taints: Taint[] = withTaints
      ? [
          {
            ...source('parameter', `the parameter \`${parameter.name}\``),
            parameter: { function: closure.key, index, path: [] },
          },
        ]
      : [];
    if (isOutgoing(home, form, parameter)) return opaqueValue(parameter.name, taints);
    if (parameter.rest === 'list')
      return containerValue(new Map([['*', valueOfType(run, home, parameter.type, parameter.name, taints)]]));
    return valueOfType(run, home, parameter.type, parameter.name, taints);
  });
}

/** `(db, req) => db.query(req.query.name)`: what is read of it says what it is. */
function typeByReads({ home, form }: Closure, { name }: Parameter, { conventions }: Models): string | null {
  const found = conventions.find(
    ({ names: [first], reads }) =>
      reads !== null &&
      first?.test(name) &&
      new RegExp(`(?<![\\w$.])${escapeRegExp(name)}\\??\\.(?:${reads})(?![\\w$])`).test(home.text.slice(...form.span)),
  );
  return found?.types[0] ?? null;
}

const SENDS = /\bhttp\.(?:NewRequest|Client\b|Transport\b|RoundTripper\b|DefaultClient\b|DefaultTransport\b)/;
const ANSWERS =
  /\bhttp\.(?:ResponseWriter|HandlerFunc|Handler|ServeMux)\b|\b(?:gin|echo|iris)\.Context\b|\bfiber\.Ctx\b/;

/**
 * `func (t *transport) RoundTrip(req *http.Request) (*http.Response, error)`: a request that the program itself sends; and so is one
 * that is given to a function of a file that sends requests and answers none (`func (a *authorizer) Modify(req *http.Request) error`).
 */
function isOutgoing(home: Home, { returns }: Closure['form'], { type }: Parameter): boolean {
  const isNamed = (one: Type | null | undefined, name: string): boolean => one?.kind === 'named' && one.name === name;
  if (!isNamed(type, 'http.Request')) return false;
  const given = returns?.kind === 'record' ? Object.values(returns.fields) : [returns];
  return given.some((one) => isNamed(one, 'http.Response')) || onlySends(home);
}

const onlySends = memo(({ text }: Home) => SENDS.test(text) && !ANSWERS.test(text));

/** A parameter that others decide. */
export function taintOf(closure: Closure, { name, span }: Parameter, source: Source): Taint {
  return {
    ...source,
    key: `${closure.key}|${name}`,
    steps: [{ ...placeOf(closure.home, span), text: name }],
    parameter: null,
  };
}

/** What a library gives to a parameter; where the models call that a source, others decide it. */
export function parameterOfType(run: Run, closure: Closure, index: number, type: string): Value {
  const parameter = closure.form.parameters[index];
  const source = modelsOf(run, closure.home).field(type);
  if (!parameter || !source) return { ...opaqueValue(parameter?.name ?? type), name: type };
  const { name, span } = parameter;
  const step = { ...placeOf(closure.home, span), text: sourceOf(closure.home, span) };
  const taint: Taint = { ...source, key: `${closure.key}|${name}`, steps: [step], parameter: null };
  const declared = valueOfType(run, closure.home, parameter.type, name, [taint]);
  return declared.name === null && !declared.of && !declared.type ? { ...declared, name: type } : declared;
}

/** Whether a library fills a parameter of a handler from the request. */
function isOfRequest(
  { named, texts }: NonNullable<ReturnType<Models['decorated']>>,
  { name, type }: Parameter,
  route: string,
): boolean {
  if (namesOfRoute(route).includes(name)) return true;
  return !named && (texts === undefined || holdsText(type) || compiled(`^(?:${texts})$`).test(name));
}

/** `str`, `str | None`, `list[str]` */
function holdsText(type: Type | null): boolean {
  if (type?.kind === 'text') return true;
  if (type?.kind === 'list') return holdsText(type.of);
  return type?.kind === 'union' && type.of.some((one) => holdsText(one));
}

/** What a framework makes itself: `db = Depends(get_db)`. */
function isInjected(parameter: Parameter): boolean {
  return parameter.byDefault?.kind === 'call';
}

/** `db: DbSession`: a name for `Annotated[Session, Depends(get_db)]` of a file that is not looked at. */
function isMadeByProgram({ type }: Parameter): boolean {
  return (
    type?.kind === 'named' &&
    /(?:^|[a-z._])(?:Db|DB)?(?:Session|Deps?)$|(?:^|\.)(?:Current[A-Z]\w*|BackgroundTasks)$/.test(type.name)
  );
}

function frameOf(run: Run, closure: Closure): Frame {
  const around = closure.around ?? run.globals.get(closure.home.path) ?? null;
  return createFrame(closure, createEnvironment(closure.home, around));
}

/** `@app.route('/x')`: the name of the call, or of the decorator itself. */
export function decoratorName(run: Run, closure: Closure, decorator: Expression): string | null {
  const frame = frameOf(run, closure);
  const callee = decorator.kind === 'call' ? decorator.of : decorator;
  if (callee.kind === 'field') {
    const of = run.evaluate(frame, callee.of);
    return of.name === null ? null : `${of.name}.${callee.name}`;
  }
  return run.evaluate(frame, callee).name;
}

/** What a decorator says of a function, and its route where it names one. */
export function decoratorOf(
  run: Run,
  closure: Closure,
): { model: NonNullable<ReturnType<ReturnType<typeof modelsOf>['decorated']>>; route: string; written: string } | null {
  const models = modelsOf(run, closure.home);
  for (const decorator of closure.form.decorators) {
    const callee = decorator.kind === 'call' ? decorator.of : decorator;
    const first = decorator.kind === 'call' ? decorator.arguments[0]?.value : undefined;
    const route = first?.kind === 'text' ? first.value : '';
    const name = decoratorName(run, closure, decorator);
    const found =
      (name === null ? null : models.decorated(name)) ??
      // Of a router that another file makes: by its route.
      (callee.kind === 'field' && route.startsWith('/') ? models.decorated(`*.${callee.name}`) : null);
    if (found) return { model: found, route, written: sourceOf(closure.home, decorator.span, 400) };
  }
  return null;
}

/** `db = Depends(get_db)`: what the function gives, whose own parameters the framework fills from the request. */
function injectedValue(run: Run, closure: Closure, parameter: Parameter): Value | null {
  const models = modelsOf(run, closure.home);
  const own = [...parameter.decorators, ...(parameter.byDefault ? [parameter.byDefault] : [])];
  const elsewhere = own.length === 0 ? annotatedElsewhere(run, closure.home, parameter.type) : null;
  const at = elsewhere ? atTop(run, elsewhere.home) : frameOf(run, closure);
  for (const one of elsewhere?.decorators ?? own) {
    if (one.kind !== 'call') continue;
    const name = decoratorName(run, at.closure, one);
    if (name === null || !models.injects(name)) continue;
    const typed = valueOfType(run, closure.home, parameter.type, parameter.name);
    // `filters: Filters = Depends()`: the class is made of the request.
    if (one.arguments.length === 0 && typed.of) {
      const says = 'a parameter of the request';
      const taint = taintOf(closure, parameter, { kind: 'request', says, safe: run.labelOf('nosql'), whole: false });
      return valueOfType(run, closure.home, parameter.type, parameter.name, [taint]);
    }
    const by = one.arguments[0] ? run.evaluate(at, one.arguments[0].value) : null;
    const [fn] = by?.functions ?? [];
    if (fn) {
      const args = { list: requestArguments(run, fn), named: new Map<string, Value>(), self: null };
      const result = run.callFunction(at, fn, args, parameter.span);
      // What comes before its `yield` is done first, and the rest when the request is answered.
      const value = result.name === YIELDED ? joinValues([...(result.entries?.values() ?? [UNKNOWN])]) : result;
      return value.name === null && !value.of && typed.name !== null
        ? { ...value, name: typed.name, of: typed.of }
        : value;
    }
    return typed;
  }
  return null;
}

/** `create(self, validated_data)` of a serialiser, `form_valid(self, form)` of a view whose `form_class` is known. */
function givenForm(run: Run, closure: Closure, { span }: Parameter, type: string): Value | null {
  const owner = ownerOf(closure);
  if (!owner) return null;
  const frame = atTop(run, owner.home);
  if (type === '#form') return formValue(run, frame, owner, null, span);
  const written = owner.form.fields.find(({ name }) => name === 'form_class')?.value;
  const { of } = written ? run.evaluate(frame, written) : UNKNOWN;
  return of && !of.instance ? { ...UNKNOWN, of: { ...of, instance: true } } : null;
}

const MOST_INJECTED = 5;

function requestArguments(run: Run, fn: Closure): Value[] {
  if (run.injecting.has(fn.key) || run.injecting.size > MOST_INJECTED) return [];
  run.injecting.add(fn.key);
  try {
    return fn.form.parameters.map((parameter) => {
      const injected = injectedValue(run, fn, parameter);
      if (injected) return injected;
      const own = parameterModel(run, fn, parameter);
      const says = own?.model.says ?? 'a parameter of the request';
      const taint = taintOf(fn, parameter, { kind: 'request', says, safe: run.labelOf('nosql'), whole: false });
      const typed = valueOfType(run, fn.home, parameter.type, parameter.name, [taint]);
      return typed.name !== null && typed.of === null
        ? { ...typed, pieces: opaqueValue(parameter.name).pieces }
        : typed;
    });
  } finally {
    run.injecting.delete(fn.key);
  }
}

function parameterModel(
  run: Run,
  closure: Closure,
  parameter: Parameter,
): { model: ParameterModel; decorator: Expression } | null {
  const models = modelsOf(run, closure.home);
  const given =
    parameter.byDefault?.kind === 'call' ? [...parameter.decorators, parameter.byDefault] : parameter.decorators;
  for (const decorator of given) {
    const name = decoratorName(run, closure, decorator);
    const found = name === null ? null : models.parameter(name);
    if (found) return { model: found, decorator };
  }
  return null;
}

export function methodModel(run: Run, closure: Closure): ReturnType<typeof modelsOf>['methods'][number] | null {
  const { form, home } = closure;
  const owner = ownerOf(closure);
  const { methods } = modelsOf(run, home);
  if (!owner || methods.length === 0) return null;
  const bases = externalBases(run, owner);
  if (bases.length === 0) return null;
  return (
    methods.find((one) => one.named.includes(form.name) && bases.some((base) => one.extends.includes(base))) ?? null
  );
}
