import type { ClassForm, Expression, Field, Statement, Type } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type ClassDraft, isPart, type Scope, textOf } from './scope.ts';

/** `class`: its fields and methods, and a block with what else its body does. */
export function lowerClass(
  node: Syntax,
  scope: Scope,
  decorators: readonly Expression[] = [],
  whole = node,
): Statement[] {
  const nameNode = childOf(node, 'name');
  const name = nameNode ? textOf(nameNode, scope) : '';
  const id = scope.file.classes.length;
  const draft: ClassDraft = { id, fields: [], methods: [] };
  const span = spanOf(whole);
  const { bases, options } = lowerBases(childOf(node, 'superclasses'), scope);
  const form: ClassForm = { id, name, span, bases, fields: draft.fields, methods: draft.methods, decorators };
  scope.file.classes.push(form);
  const bodyNode = childOf(node, 'body');
  const body = bodyNode ? scope.file.statements(bodyNode, { ...scope, class: draft, direct: true }) : [];
  const rest: Statement[] = [
    ...options.map((value): Statement => ({ kind: 'do', value, when: 'now', span: value.span })),
    ...body,
  ];
  const type = enumType(form);
  if (type) scope.file.types.push({ name, type, extends: [], methods: [], span });
  const target = { kind: 'name', name, span: spanOf(nameNode ?? node) } as const;
  const set: Statement = {
    kind: 'set',
    target,
    value: { kind: 'class', id, span },
    declares: scope.direct,
    append: false,
    type: null,
    span,
  };
  const before: Statement[] = rest.length > 0 ? [{ kind: 'block', body: rest, holds: null, span }] : [];
  if (!scope.class) return [...before, set];
  // A class within a class is one of its fields.
  scope.class.fields.push({ name, type: null, value: set.value, static: true, decorators: [], span });
  return before;
}

/** `class A(B, metaclass=M)`: M is used, but A does not extend it. */
function lowerBases(node: Syntax | null, scope: Scope): { bases: Expression[]; options: Expression[] } {
  const bases: Expression[] = [];
  const options: Expression[] = [];
  for (const child of node?.children ?? []) {
    if (!isPart(child)) continue;
    const value = child.kind === 'keyword_argument' ? childOf(child, 'value') : child;
    if (value) (value === child ? bases : options).push(scope.file.expression(value, scope));
  }
  return { bases, options };
}

const ENUM = /(?:^|\.)(?:Str|Int)?(?:Enum|Flag|Choices)$|(?:^|\.)(?:Text|Integer)Choices$/;

/** The values of an enum: texts, or no text of anybody. */
function enumType({ bases, fields }: ClassForm): Type | null {
  if (!bases.some((base) => (base.kind === 'name' || base.kind === 'field') && ENUM.test(base.name))) return null;
  const values = fields.filter((field) => field.type === null && !field.name.startsWith('_')).map(textOfMember);
  if (values.length === 0) return null;
  return values.every((one) => one !== null) ? { kind: 'text', values } : { kind: 'plain' };
}

/** `A = "a"`, or with a label as in Django: `A = "a", "Label"`. */
function textOfMember({ value }: Field): string | null {
  const first = value?.kind === 'list' ? value.items[0] : value;
  return first?.kind === 'text' ? first.value : null;
}
