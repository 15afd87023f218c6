import type { ProcedureModel } from '../../flows/data/fact-keys.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import { type Run, sourceOf } from '../../flows/run/run.ts';
import type { Closure, Home } from '../../flows/values/value.ts';
import type { Expression, FunctionForm, Parameter, Type } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import type { Procedure } from '../facts.ts';
import type { Look } from '../read/look.ts';
import { textAt } from '../read/read-argument.ts';
import { camelOf, isLeaf, typeNameOf } from './graphql-types.ts';
import { readSchema } from './read-schema.ts';

type Said = Pick<Procedure, 'by' | 'name' | 'operation' | 'at' | 'whole' | 'fields' | 'takes'>;

/** What a decorator makes of the function under it. Null: its name is not known. */
export function describeTyped(look: Look, closure: Closure, model: ProcedureModel): Said | null {
  const { one, run } = look;
  const { form, home } = closure;
  const said = model.name === undefined ? undefined : pickAt(one, model.name)[0];
  const text = said ? textAt(said.value) : null;
  if (said && (text === null || text.includes('…'))) return null;
  if (model.by === 'socket.io') {
    const at = namespaceOf(home, form);
    const takes = [{ name: form.parameters.find(isBody)?.name ?? '', type: null, required: true }];
    return text === null ? null : { ...OTHER, by: model.by, name: text, at, takes };
  }
  if (model.by === 'grpc') {
    const method = textAt(pickAt(one, 1)[0]?.value) ?? `${form.name.charAt(0).toUpperCase()}${form.name.slice(1)}`;
    return text === null ? null : { ...OTHER, by: model.by, name: `${text}/${method}`, takes: [], whole: false };
  }
  const name = text ?? (model.camel ? camelOf(form.name) : form.name);
  const type = model.operation === 'mutation' ? 'Mutation' : 'Query';
  const declared = readSchema(run.program.homes).get(`${type}.${name}`);
  const written = sourceOf(home, one.call.span, 400);
  return {
    ...OTHER,
    by: 'graphql',
    name: `${type}.${name}`,
    operation: model.operation ?? 'query',
    ...(declared ?? {
      takes: home.module.language === 'python' ? takesOfPython(home, form, model) : takesOfDecorated(home, form),
      fields: resultOf(home, form, written),
    }),
  };
}

/** What a method of a class, or of a struct, is by the name `of` that stands in what it extends. */
export function describeMethod(
  run: Run,
  { home, form }: Closure,
  model: ProcedureModel,
  of: string,
  name: string,
): Said | null {
  if (model.by === 'grpc') return { ...OTHER, by: 'grpc', name: `${of}/${name}`, takes: [], whole: false };
  if (home.module.language === 'python') return describeGraphene(home, form, model, name);
  const operation = of === 'mutation' ? 'mutation' : 'query';
  const full = `${operation === 'mutation' ? 'Mutation' : 'Query'}.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const declared = readSchema(run.program.homes).get(full);
  const result = form.returns?.kind === 'record' ? (form.returns.fields['0'] ?? null) : form.returns;
  return {
    ...OTHER,
    by: 'graphql',
    name: full,
    operation,
    ...(declared ?? {
      takes: form.parameters.slice(2).map((one) => takeOfGo(home, form, one)),
      fields: fieldsOfGo(result),
    }),
  };
}

const OTHER = { operation: null, at: null, whole: true, fields: null } as const;

function isBody({ decorators }: Parameter): boolean {
  return decorators.some((one) => nameOf(one) === 'MessageBody');
}

function nameOf(one: Expression): string {
  const of = one.kind === 'call' ? one.of : one;
  return of.kind === 'name' || of.kind === 'field' ? of.name : '';
}

/** Of `@WebSocketGateway(80, { namespace: 'chat' })`. */
function namespaceOf(home: Home, { owner }: FunctionForm): string | null {
  const all = (owner === null ? undefined : home.module.classes[owner])?.decorators ?? [];
  const text = all.map(({ span }) => sourceOf(home, span, 400)).find((one) => /WebSocketGateway/.test(one));
  if (text === undefined) return null;
  if (!/\bnamespace\b/.test(text)) return '/';
  const [, name] = /\bnamespace:\s*['"`]\/?([\w./-]+)['"`]/.exec(text) ?? [];
  return name === undefined ? null : `/${name}`;
}

/** `@Args('id', { type: () => ID, nullable: true }) id: string`, `@Arg('id', () => ID) id: string`. */
function takesOfDecorated(home: Home, { parameters }: FunctionForm): Procedure['takes'] {
  return parameters.flatMap((parameter) => {
    const decorator = parameter.decorators.find((one) => /^Args?$/.test(nameOf(one)));
    const first = decorator?.kind === 'call' ? decorator.arguments[0]?.value : undefined;
    if (first?.kind !== 'text') return [];
    const text = decorator ? sourceOf(home, decorator.span, 400) : '';
    const [, given] = /=>\s*(\[?\w+\]?)/.exec(text) ?? [];
    const [, annotated] = /:\s*([\w.]+(?:\[\])?)\s*(?:=|$)/.exec(afterName(home, parameter)) ?? [];
    return {
      name: first.value,
      type: typeNameOf(given ?? annotated ?? ''),
      required: !/nullable:\s*true|defaultValue/.test(text) && parameter.byDefault === null,
    };
  });
}

function afterName(home: Home, { span, name }: Parameter): string {
  const text = home.text.slice(span[0], span[1]);
  const line = text.slice(text.lastIndexOf(')') + 1);
  return line.includes(name) ? line.slice(line.lastIndexOf(name) + name.length) : '';
}

function takesOfPython(home: Home, { parameters }: FunctionForm, { camel }: ProcedureModel): Procedure['takes'] {
  return parameters
    .filter(({ name, rest }) => !/^(?:this|self|root|info|_\w*)$/.test(name) && rest === null)
    .map((parameter) => {
      const text = home.text.slice(...parameter.span);
      const [, written = ''] = /:\s*([^=]+)/.exec(text) ?? [];
      const isOptional = /\bOptional\[|\bNone\b/.test(written) || parameter.byDefault !== null;
      const bare = written.replace(/\bOptional\[(.*)\]/, '$1').replace(/\s*\|\s*None\b/, '');
      return {
        name: camel ? camelOf(parameter.name) : parameter.name,
        type: typeNameOf(bare.trim()),
        required: !isOptional,
      };
    });
}

/** By what is declared: `@Query(() => [Order])`, `-> list[Order]`. */
function resultOf(home: Home, form: FunctionForm, decorator: string): boolean | null {
  const [, given] = /=>\s*\[?(\w+)\]?/.exec(decorator) ?? [];
  if (given !== undefined) return !isLeaf(given);
  if (home.module.language !== 'python') return null;
  const head = home.text.slice(form.at[0], form.body[0]?.span[0] ?? form.span[1]);
  const [, written] = /->\s*([^\n]+?)\s*:\s*(?:\n|$|#)/.exec(head) ?? [];
  const name = typeNameOf((written ?? '').replace(/\b(?:Optional|list|List)\[|\]|\s*\|\s*None|["']/g, ''));
  return name === null ? null : !isLeaf(name);
}

/** `resolve_files` of `files = graphene.List(graphene.String, dir_name=graphene.String(required=True))`; `mutate` of a class. */
function describeGraphene(home: Home, form: FunctionForm, model: ProcedureModel, name: string): Said | null {
  const owner = form.owner === null ? null : (home.module.classes[form.owner] ?? null);
  if (!owner) return null;
  if (model.operation === 'mutation') {
    const field = mutationsIn(home).get(owner.name);
    const inner = home.module.classes.find(
      ({ name: one, span }) => /^(?:Arguments|Input)$/.test(one) && span[0] > owner.span[0] && span[1] <= owner.span[1],
    );
    if (field === undefined || inner?.name !== 'Arguments') return null;
    const takes = inner.fields.map((one) => takeOfGraphene(home, one.name, one.value));
    return { ...OTHER, by: 'graphql', name: `Mutation.${camelOf(field)}`, operation: 'mutation', takes, fields: true };
  }
  const value = owner.name === 'Query' ? owner.fields.find((one) => one.name === name)?.value : null;
  if (value?.kind !== 'call') return null;
  const result = nameOf(value);
  const [first] = value.arguments;
  const inner = result === 'List' && first ? nameOf(first.value) : result;
  return {
    ...OTHER,
    by: 'graphql',
    name: `Query.${camelOf(name)}`,
    operation: 'query',
    takes: value.arguments.flatMap((one) =>
      one.name === null || /^(?:description|required|resolver|name|default_value|deprecation_reason)$/.test(one.name)
        ? []
        : takeOfGraphene(home, one.name, one.value),
    ),
    fields: inner === 'Field' || /^[A-Z]\w*$/.test(inner) ? !isLeaf(inner) : null,
  };
}

/** `create_file = CreateFile.Field()`: the fields by the classes, of which the first one counts. */
const mutationsIn = memo((home: Home): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const { index, 1: name = '' } of home.text.matchAll(/=\s{0,20}(\w{1,100})\.Field\(/g)) {
    const before = home.text.slice(Math.max(0, index - MOST_BEFORE), index);
    const line = before.slice(before.trimEnd().lastIndexOf('\n') + 1);
    const [, field] = /\b(\w+)\s*(?::[^=\n]*)?$/.exec(line) ?? [];
    if (field !== undefined && !found.has(name)) found.set(name, field);
  }
  return found;
});
/** The name of a field and its type. */
const MOST_BEFORE = 200;

function takeOfGraphene(home: Home, name: string, value: Expression | null): Procedure['takes'][number] {
  const text = value ? sourceOf(home, value.span, 400) : '';
  const isList = value !== null && nameOf(value) === 'List';
  return {
    name: camelOf(name),
    type: value && !isList ? typeNameOf(nameOf(value)) : null,
    required: /\brequired\s*=\s*True/.test(text) && !/\bdefault_value\b/.test(text),
  };
}

/** What a type of Go stands for is known for texts and numbers only by their kind: `text` may be an ID. */
function takeOfGo(
  home: Home,
  { at, body, span: [, end] }: FunctionForm,
  { name, type }: Parameter,
): Procedure['takes'][number] {
  const head = home.text.slice(at[1], body[0]?.span[0] ?? end);
  const [, text = ''] = new RegExp(`\\b${name}\\s+([^,)]+)`).exec(head) ?? [];
  const like =
    type?.kind === 'text' ? '"text"' : type?.kind === 'plain' ? (/\bbool\b/.test(text) ? '"flag"' : '"number"') : null;
  return { name, type: like, required: !text.startsWith('*') };
}

function fieldsOfGo(type: Type | null): boolean | null {
  if (!type) return null;
  if (type.kind === 'list') return fieldsOfGo(type.of);
  if (type.kind === 'text' || type.kind === 'plain') return false;
  return type.kind === 'named' ? true : null;
}
