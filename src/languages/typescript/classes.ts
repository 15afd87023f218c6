import type { ClassForm, Expression, Field } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerDecorators } from './functions.ts';
import { bare, hasWord, type Lowering, textOf } from './lowering.ts';
import { keyText, methodName } from './objects.ts';
import { lowerTyped } from './types.ts';

/** What it extends is a value; what it implements is a type, of which the name is kept. */
function lowerBases(c: Lowering, node: Syntax): Expression[] {
  const heritage = node.children.find(({ kind }) => kind === 'class_heritage');
  return (heritage ? namedOf(heritage) : []).flatMap((clause) => {
    if (clause.kind !== 'extends_clause' && clause.kind !== 'implements_clause') return [c.expression(clause)];
    return namedOf(clause)
      .filter(({ kind }) => kind !== 'type_arguments')
      .map((base) => lowerBase(c, base));
  });
}

function lowerBase(c: Lowering, base: Syntax): Expression {
  if (base.kind === 'generic_type') {
    const [name] = namedOf(base);
    if (name) return lowerBase(c, name);
  }
  if (base.kind === 'type_identifier') return { kind: 'name', name: textOf(c, base), span: spanOf(base) };
  const [of, name] = base.kind === 'nested_type_identifier' ? namedOf(base) : [];
  if (of && name) return { kind: 'field', of: c.expression(of), name: textOf(c, name), span: spanOf(base) };
  return c.expression(base);
}

function isPublic(c: Lowering, member: Syntax, name: string): boolean {
  const modifier = member.children.find(({ kind }) => kind === 'accessibility_modifier');
  return !name.startsWith('#') && (!modifier || textOf(c, modifier) === 'public');
}

function lowerMethod(c: Lowering, member: Syntax, owner: number, decorators: readonly Expression[]): number {
  const key = childOf(member, 'name');
  const name = methodName(c, member);
  const isStatic = hasWord(member, 'static');
  const role = hasWord(member, 'get')
    ? 'getter'
    : isStatic
      ? 'static'
      : name === 'constructor'
        ? 'constructor'
        : 'method';
  return c.function(member, {
    name,
    at: key ? spanOf(key) : spanOf(member),
    owner,
    role,
    decorators,
    public: isPublic(c, member, name),
  });
}

/** A field that holds a function is a method as well: `list = async (req, res) => …`. */
function lowerFieldFunction(
  c: Lowering,
  member: Syntax,
  value: Syntax,
  owner: number,
  decorators: readonly Expression[],
): number {
  const key = childOf(member, 'name');
  const name = key ? (keyText(c, key) ?? textOf(c, key)) : '';
  return c.function(bare(value), {
    name,
    at: key ? spanOf(key) : spanOf(member),
    owner,
    role: hasWord(member, 'static') ? 'static' : 'method',
    decorators,
    public: isPublic(c, member, name),
  });
}

export function lowerClass(c: Lowering, node: Syntax, name = '', outside: readonly Expression[] = []): number {
  const named = childOf(node, 'name');
  const form: ClassForm = {
    id: c.classes.length,
    name: named ? textOf(c, named) : name,
    span: spanOf(node),
    bases: lowerBases(c, node),
    fields: [],
    methods: [],
    decorators: [...outside, ...lowerDecorators(c, node.children)],
  };
  c.classes.push(form);
  const body = childOf(node, 'body');
  const fields: Field[] = [];
  const methods: number[] = [];
  // Decorators of a method stand before it, as members of their own.
  let waiting: Expression[] = [];
  for (const member of body ? namedOf(body) : []) {
    if (member.kind === 'decorator') {
      waiting.push(...lowerDecorators(c, [member]));
      continue;
    }
    const decorators = [...waiting, ...lowerDecorators(c, member.children)];
    waiting = [];
    if (member.kind === 'method_definition') methods.push(lowerMethod(c, member, form.id, decorators));
    else if (member.kind === 'class_static_block')
      methods.push(c.function(member, { name: '', owner: form.id, role: 'static' }));
    else if (member.kind === 'public_field_definition') {
      const field = lowerField(c, member, form.id, decorators);
      fields.push(field);
      if (field.value?.kind === 'function' && c.functions[field.value.id]?.owner === form.id)
        methods.push(field.value.id);
    } else if (!member.kind.endsWith('signature')) {
      fields.push(brokenMember(c, member));
    }
  }
  form.fields = fields;
  form.methods = methods;
  return form.id;
}

function lowerField(c: Lowering, member: Syntax, owner: number, decorators: readonly Expression[]): Field {
  const key = childOf(member, 'name');
  const value = childOf(member, 'value');
  const isFunction =
    value !== null && /^(?:arrow_function|function_expression|generator_function)$/.test(bare(value).kind);
  return {
    name: key ? (keyText(c, key) ?? textOf(c, key)) : '',
    type: lowerTyped(c, member),
    value:
      value && isFunction
        ? { kind: 'function', id: lowerFieldFunction(c, member, value, owner, decorators), span: spanOf(value) }
        : value && c.expression(value),
    static: hasWord(member, 'static'),
    decorators,
    span: spanOf(member),
  };
}

/** What the grammar could not read is a field without a name. */
function brokenMember(c: Lowering, member: Syntax): Field {
  return { name: '', type: null, value: c.expression(member), static: false, decorators: [], span: spanOf(member) };
}
