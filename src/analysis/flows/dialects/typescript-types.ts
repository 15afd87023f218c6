import type { SgNode } from '@ast-grep/napi';
import type { TypeMeaning } from '../dialect.ts';

const SAFE =
  /^(?:number|bigint|boolean|Date|null|undefined|void|true|false|-?\d+|keyof.*|'[^']*'|"[^"]*"|`[^`$]*`|.*\(typeof[\w.]+\)\[.*)$/;
const TEXT = /^(?:string|any|unknown|object|String|Record<string,(?:string|any|unknown)>)$/;
const WRAPPED =
  /^(?:Readonly|ReadonlyArray|Array|Set|ReadonlySet|Iterable|NonNullable|Promise|Partial|Required)<(.*)>$/;

export const TYPE_KINDS = new Set([
  'type_alias_declaration',
  'interface_declaration',
  'enum_declaration',
  'class_declaration',
  'abstract_class_declaration',
]);

/** The type of an annotation, without white space. */
export function readTypeText(annotation: SgNode | null): string | null {
  const text = annotation?.text().replace(/^:/, '').replace(/\s+/g, '').replace(/^\|/, '') ?? '';
  return text === '' ? null : text;
}

export function readType(type: string): TypeMeaning {
  const bare = type
    .replace(/(?:\[\])+$/, '')
    .replace(/^readonly(?=\w)/, '')
    .replace(/^\((.*)\)$/, '$1');
  const inner = WRAPPED.exec(bare)?.[1];
  if (inner !== undefined) return readType(inner);
  if (bare.startsWith('{')) return 'object';
  const members = bare.split('|');
  if (members.every((one) => SAFE.test(one))) return 'safe';
  return members.some((one) => TEXT.test(one.replace(/(?:\[\])+$/, ''))) ? 'text' : null;
}

export function readTypeDeclaration(node: SgNode): TypeMeaning {
  if (node.kind() === 'enum_declaration') return 'safe';
  const value = node.kind() === 'type_alias_declaration' ? node.field('value') : null;
  return value ? readType(value.text().replace(/\s+/g, '').replace(/^\|/, '')) : 'object';
}

/** A class's field that a decorator checks (`@IsIn([…])`) is closed, whatever its type says. */
export function readField(node: SgNode, field: string): string | null {
  const kinds = [{ kind: 'property_signature' }, { kind: 'public_field_definition' }];
  const found = node.findAll({ rule: { any: kinds } }).find((one) => one.field('name')?.text() === field);
  if (!found) return null;
  const checks = /@(?:IsIn|IsEnum|IsInt|IsNumber|IsBoolean|IsUUID|IsDate|IsNumberString|Matches|IsAlphanumeric)\b/;
  return checks.test(found.text()) ? 'number' : readTypeText(found.field('type'));
}
