import type { Expression, FunctionForm, Parameter, Span, Statement, Type } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { setNode } from './nodes.ts';
import { createScope, type File, type Scope, textOf } from './scope.ts';
import { readTypeParameters } from './type-declarations.ts';
import { zeroOf } from './type-expressions.ts';
import { lowerResult, lowerType } from './types.ts';

/** A function of the package or a method; its index. */
export function lowerFunction(node: Syntax, around: Scope): number {
  const name = childOf(node, 'name');
  const receiver = childOf(node, 'receiver');
  const from = receiver ? readReceiver(receiver, around.file) : null;
  const typeParameters = from ? new Set(from.typeParameters) : readTypeParameters(node, around);
  return addFunction(
    node,
    { ...around, typeParameters },
    {
      name: name ? textOf(name, around.file) : '',
      at: spanOf(name ?? node),
      receiver: from?.name ?? null,
    },
  );
}

export function lowerLiteralFunction(node: Syntax, around: Scope): Expression {
  const at: Span = [node.start, node.start + 'func'.length];
  return { kind: 'function', id: addFunction(node, around, { name: '', at, receiver: null }), span: spanOf(node) };
}

function addFunction(
  node: Syntax,
  around: Scope,
  { name, at, receiver }: Pick<FunctionForm, 'name' | 'at' | 'receiver'>,
): number {
  const { file } = around;
  const id = file.functions.length;
  const form: FunctionForm = {
    id,
    name,
    span: spanOf(node),
    at,
    parameters: [],
    body: [],
    owner: null,
    receiver,
    parent: around.id,
    decorators: [],
    returns: lowerResult(childOf(node, 'result'), around),
    role: receiver === null ? 'function' : 'method',
    async: false,
    public: /^\p{Lu}/u.test(name),
  };
  // Its place is taken before the functions inside of it take theirs.
  file.functions.push(form);
  const scope = createScope(file, id, around);
  const parameters = ['receiver', 'parameters'].flatMap((field) => {
    const list = childOf(node, field);
    return list ? lowerParameters(list, scope) : [];
  });
  const results = declareResults(childOf(node, 'result'), scope);
  const body = childOf(node, 'body');
  file.functions[id] = {
    ...form,
    parameters,
    body: [...results, ...file.lower.body(body, scope)],
  };
  return id;
}

/** `(s *Store[T])`: the name of the type, and what it calls its type parameters. */
function readReceiver(list: Syntax, file: File): { name: string; typeParameters: string[] } {
  const written = namedOf(list)[0];
  const type = written ? childOf(written, 'type') : null;
  const [name = '', parameters = ''] = (type ? textOf(type, file) : '').replace(/^[\s(*]+/, '').split(/[[\])]/);
  return { name: name.trim(), typeParameters: parameters.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [] };
}

/** `a, b string` are two; one without a name is `_`, so that the others keep their places. */
function lowerParameters(list: Syntax, scope: Scope): Parameter[] {
  return namedOf(list).flatMap((one): Parameter[] => {
    const rest = one.kind === 'variadic_parameter_declaration';
    if (!rest && one.kind !== 'parameter_declaration') return [];
    const written = childOf(one, 'type');
    const item = lowerType(written, scope);
    const type: Type | null = rest ? { kind: 'list', of: item } : item;
    const names = one.children.filter((child) => child.field === 'name' && child.named);
    return (names.length > 0 ? names : [null]).map((name): Parameter => {
      const called = name ? textOf(name, scope.file) : '_';
      if (written?.kind === 'channel_type') scope.channels.add(called);
      return {
        name: called,
        type,
        byDefault: null,
        rest: rest ? 'list' : null,
        decorators: [],
        field: false,
        span: spanOf(name ?? one),
      };
    });
  });
}

/** Named results are variables of the function, empty at first. */
function declareResults(result: Syntax | null, scope: Scope): Statement[] {
  if (result?.kind !== 'parameter_list') return [];
  const names: string[] = [];
  const statements = namedOf(result).flatMap((one) => {
    const written = childOf(one, 'type');
    return one.children.flatMap((child) => {
      if (child.field !== 'name' || !child.named) return [];
      const span = spanOf(child);
      const name = textOf(child, scope.file);
      names.push(name);
      return name === '_'
        ? []
        : setNode({ kind: 'name', name, span }, zeroOf(written, span, scope), span, {
            declares: true,
            type: lowerType(written, scope),
          });
    });
  });
  scope.results = names;
  return statements;
}
