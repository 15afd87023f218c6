import type { Type, TypeForm } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { type File, type Scope, textOf } from './scope.ts';
import { listFields, lowerStruct, lowerType } from './types.ts';

/** `type A struct { … }`, `type ( … )`. */
export function lowerTypeDeclaration(node: Syntax, scope: Scope): void {
  for (const spec of node.children)
    if (spec.kind === 'type_spec' || spec.kind === 'type_alias') {
      noteType(spec, scope.file);
      const form = lowerTypeSpec(spec, scope);
      if (form) scope.file.types.push(form);
    }
}

/** Remembers what a type is made of, and which of its fields are channels. */
export function noteType(spec: Syntax, file: File): void {
  const name = childOf(spec, 'name');
  const type = childOf(spec, 'type');
  if (!name || !type) return;
  file.declared.set(textOf(name, file), type);
  for (const field of type.kind === 'struct_type' ? listFields(type) : [])
    if (childOf(field, 'type')?.kind === 'channel_type')
      for (const one of field.children) if (one.field === 'name' && one.named) file.channels.add(textOf(one, file));
}

function lowerTypeSpec(spec: Syntax, around: Scope): TypeForm | null {
  const name = childOf(spec, 'name');
  const type = childOf(spec, 'type');
  if (!name || !type) return null;
  const scope = { ...around, typeParameters: readTypeParameters(spec, around) };
  const record: Type = { kind: 'record', fields: {} };
  const base = { name: textOf(name, scope.file), span: spanOf(spec) };
  if (type.kind === 'struct_type')
    return {
      ...base,
      type: lowerStruct(type, scope),
      extends: listEmbedded(type, scope),
      methods: [],
    };
  if (type.kind === 'interface_type') {
    const elements = namedOf(type);
    return {
      ...base,
      type: record,
      extends: elements.flatMap((one) => lowerEmbedded(one, scope)),
      methods: elements.flatMap((one) => {
        const method = one.kind === 'method_elem' ? childOf(one, 'name') : null;
        return method ? [textOf(method, scope.file)] : [];
      }),
    };
  }
  return { ...base, type: lowerType(type, scope) ?? record, extends: [], methods: [] };
}

function listEmbedded(struct: Syntax, scope: Scope): Type[] {
  return listFields(struct).flatMap((field) => {
    if (field.children.some((child) => child.field === 'name')) return [];
    const type = lowerType(childOf(field, 'type'), scope);
    return type ? [type] : [];
  });
}

/** An interface that another one holds; a set of types (`~int | string`) is none. */
function lowerEmbedded(element: Syntax, scope: Scope): Type[] {
  if (element.kind !== 'type_elem' || element.children.length !== 1) return [];
  const type = lowerType(element, scope);
  return type?.kind === 'named' ? [type] : [];
}

/** Names of the type parameters that `node` declares, with those around it. */
export function readTypeParameters(node: Syntax, scope: Scope): ReadonlySet<string> {
  const list = childOf(node, 'type_parameters');
  if (!list) return scope.typeParameters;
  const names = namedOf(list).flatMap((one) =>
    one.children.flatMap((child) => (child.field === 'name' && child.named ? [textOf(child, scope.file)] : [])),
  );
  return new Set([...scope.typeParameters, ...names]);
}
