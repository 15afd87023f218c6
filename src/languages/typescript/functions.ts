import type { Expression, FunctionForm, Parameter, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type GivenFunction, hasWord, type Lowering, textOf } from './lowering.ts';
import { isPattern, madeName, takeApart } from './patterns.ts';
import { lowerReturns, lowerTyped } from './types.ts';

export function lowerDecorators(c: Lowering, nodes: readonly Syntax[]): Expression[] {
  return nodes
    .filter(({ kind }) => kind === 'decorator')
    .flatMap(namedOf)
    .map((one) => c.expression(one));
}

/** What stands before its body, where it has no name. */
function firstOf(node: Syntax): FunctionForm['at'] {
  const parameters = childOf(node, 'parameters') ?? childOf(node, 'parameter');
  return [node.start, parameters?.end ?? node.end];
}

function createForm(c: Lowering, node: Syntax, given: Partial<GivenFunction>): FunctionForm {
  const name = childOf(node, 'name');
  return {
    id: c.functions.length,
    name: given.name ?? (name ? textOf(c, name) : ''),
    span: spanOf(node),
    at: given.at ?? (name ? spanOf(name) : firstOf(node)),
    parameters: [],
    body: [],
    owner: given.owner ?? null,
    receiver: null,
    parent: c.scope.id,
    decorators: given.decorators ?? [],
    returns: lowerReturns(c, node),
    ...(given.declared && { declared: given.declared }),
    role: given.role ?? 'function',
    async: hasWord(node, 'async'),
    public: given.public ?? false,
  };
}

/** Few frames and small ones: functions may stand in each other as deep as the grammar reads. */
export function lowerFunction(c: Lowering, node: Syntax, given: Partial<GivenFunction> = {}): number {
  const form = createForm(c, node, given);
  c.functions.push(form);
  const outer = c.scope;
  c.scope = { id: form.id, made: 0, hoisted: new Set(), depth: 0 };
  const parts = lowerParameters(c, node, form);
  const body = childOf(node, 'body');
  if (body?.kind === 'statement_block') parts.push(...c.statements(body.children));
  else if (body) parts.push(returned(c.expression(body)));
  form.body = withHoisted(c, form, parts);
  c.scope = outer;
  return form.id;
}

function returned(value: Expression): Statement {
  return { kind: 'return', value, span: value.span };
}

/** A `var` of an inner block belongs to the whole function: it is declared at its beginning. */
export function withHoisted(c: Lowering, form: FunctionForm, body: Statement[]): Statement[] {
  const known = new Set(form.parameters.map(({ name }) => name));
  for (const one of body)
    if (one.kind === 'set' && one.declares && one.target.kind === 'name') known.add(one.target.name);
  const missing = [...c.scope.hoisted].filter((name) => !known.has(name));
  return [
    ...missing.map(
      (name): Statement => ({
        kind: 'set',
        target: { kind: 'name', name, span: form.at },
        value: { kind: 'value', value: null, span: form.at },
        declares: true,
        append: false,
        type: null,
        span: form.at,
      }),
    ),
    ...body,
  ];
}

/** Sets the form's parameters; the assignments of what they take apart begin its body. */
function lowerParameters(c: Lowering, node: Syntax, form: FunctionForm): Statement[] {
  const parameters: Parameter[] = [];
  const parts: Statement[] = [];
  const single = childOf(node, 'parameter');
  const list = childOf(node, 'parameters');
  for (const one of single ? [single] : list ? namedOf(list) : []) {
    const pattern = childOf(one, 'pattern') ?? one;
    // `this: Context` is a type for the checker, and no parameter.
    if (pattern.kind === 'this' || !/identifier$|pattern$/.test(pattern.kind)) continue;
    const isRest = pattern.kind === 'rest_pattern';
    const inner = isRest ? (namedOf(pattern)[0] ?? pattern) : pattern;
    const value = childOf(one, 'value');
    const made = isPattern(inner) ? madeName(c, spanOf(inner)) : null;
    parameters.push({
      name: made?.name ?? textOf(c, inner),
      type: lowerTyped(c, one),
      byDefault: value && c.expression(value),
      rest: isRest ? 'list' : null,
      decorators: lowerDecorators(c, one.children),
      field: one.children.some(({ kind }) => /^(?:accessibility_modifier|override_modifier|readonly)$/.test(kind)),
      span: spanOf(one),
    });
    if (made) parts.push(...takeApart(c, inner, made, { declares: true }));
  }
  form.parameters = parameters;
  return parts;
}
