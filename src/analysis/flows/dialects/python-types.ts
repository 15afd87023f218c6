import type { SgNode } from '@ast-grep/napi';
import { type Definition, definition, named, type TypeMeaning, typeOfDefault } from '../dialect.ts';

const SAFE =
  /^(?:Strict|Positive|NonNegative|conint|confloat)?(?:int|float|bool|Int|Float|Bool)\b|^(?:decimal\.)?Decimal$|^(?:uuid\.)?UUID\d?$|^(?:datetime\.)?(?:date|datetime|time|timedelta)$|^Literal\[|^(?:ipaddress\.)?IPv[46]Address$|^None$/;
const TEXT = /^(?:str|bytes|Any|object|AnyStr|constr|EmailStr|AnyUrl|HttpUrl|dict|Dict|Mapping|list|tuple|set)\b/;
const WRAPPED =
  /^(?:typing\.|t\.)?(?:Optional|Annotated|List|list|Sequence|Iterable|Tuple|tuple|Set|set|frozenset|Final|ClassVar|Union|Mapped)\[(.*)\]$/;
/** A pattern, or a converter, that the framework checks before the function is called. */
const CHECKED = /\b(?:pattern|regex)\s*=/;
const ROUTE = /^@\w+(?:\.\w+)*\.(?:get|post|put|patch|delete|head|options|route|websocket|api_route)\(/;
const INJECTED =
  /Depends\(|Security\(|^(?:self|cls|request|req|ws|websocket|db|session|conn|connection|response|background_tasks)$/;
/** Base classes whose members are a fixed list, and those whose fields the framework fills from a body. */
const CLOSED_CLASS = /\b(?:\w*Enum|TextChoices|IntegerChoices|Choices)\b/;

export function readTypeText(node: SgNode | null): string | null {
  return node === null
    ? null
    : node
        .text()
        .replace(/\s+/g, '')
        .replace(/^(['"])(.*)\1$/, '$2');
}

export function readType(type: string): TypeMeaning {
  if (CHECKED.test(type)) return 'safe';
  const inner = WRAPPED.exec(type)?.[1];
  const members = splitTop(inner ?? type, inner === undefined ? '|' : ',').filter(
    (one) => one !== 'None' && one !== '...',
  );
  if (inner !== undefined && /^(?:typing\.|t\.)?Annotated/.test(type)) return readType(members[0] ?? '');
  if (inner !== undefined || members.length > 1) return worst(members.map(readType));
  const [only = ''] = members;
  if (SAFE.test(only.replace(/^typing\./, ''))) return 'safe';
  return TEXT.test(only) ? 'text' : null;
}

function worst(meanings: readonly TypeMeaning[]): TypeMeaning {
  if (meanings.includes('text')) return 'text';
  return meanings.every((one) => one === 'safe') ? 'safe' : null;
}

function splitTop(text: string, at: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if (sign === '[' || sign === '(') depth++;
    if (sign === ']' || sign === ')') depth--;
    if (sign === at && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

export function readTypeDeclaration(node: SgNode): TypeMeaning {
  if (node.kind() !== 'class_definition') return readType(node.text().replace(/\s+/g, ''));
  return CLOSED_CLASS.test(node.field('superclasses')?.text() ?? '') ? 'safe' : 'object';
}

export function readField(node: SgNode, field: string): string | null {
  if (node.kind() !== 'class_definition') return null;
  const found = findClassField(node, field);
  if (!found) return null;
  return CHECKED.test(found.field('right')?.text() ?? '') ? 'int' : readTypeText(found.field('type'));
}

/** The assignment of a name in the body of a class. */
export function findClassField(node: SgNode, field: string): SgNode | null {
  const statements = named(node.field('body') ?? node).map((one) => named(one)[0] ?? one);
  return statements.find((one) => one.kind() === 'assignment' && one.field('left')?.text() === field) ?? null;
}

export function readParameter(parameter: SgNode, node: SgNode): Definition[] {
  const target = parameter.kind() === 'identifier' ? parameter : (parameter.field('name') ?? named(parameter)[0]);
  if (!target) return [];
  const name = target.text().replace(/^\*+/, '');
  const route = readRoute(node);
  const injected = INJECTED.test(parameter.text()) || INJECTED.test(name);
  const checked = CHECKED.test(parameter.field('value')?.text() ?? '');
  const converter = route && new RegExp(`[<{](?:(\\w+)(?:\\([^)]*\\))?:)?${name}(?::(\\w+))?[>}]`).exec(route);
  const kind = converter?.[1] ?? converter?.[2];
  const safe = checked || (kind !== undefined && /^(?:int|float|uuid|any|date|number)$/.test(kind));
  return [
    definition({
      name,
      node: parameter,
      kind: 'parameter',
      typed: safe ? 'safe' : null,
      type: readTypeText(parameter.field('type')) ?? (route ? null : typeOfDefault(parameter.field('value'))),
      fromRequest: route !== null && !injected,
    }),
  ];
}

/** The decorator that makes a function the handler of a route. */
function readRoute(parameters: SgNode): string | null {
  const decorated = parameters.parent()?.parent();
  if (decorated?.kind() !== 'decorated_definition') return null;
  const found = named(decorated).find((child) => ROUTE.test(child.text()));
  return found?.text() ?? null;
}
