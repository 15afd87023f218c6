import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { GraphQLSchema, getNamedType, isInputObjectType, isInterfaceType, isObjectType, Kind } from 'graphql';
import type { Comparison, ContractHit, Hit, Span } from '../hit.ts';
import { indexSpans, placeAt } from './index-places.ts';
import { readSdl, type Sdl } from './read-sdl.ts';

/** What each change of graphql-inspector is here, where it breaks (or, of an enum, where clients must expect it). */
const KINDS: Record<string, ContractHit> = {
  TYPE_REMOVED: 'graphql-type-removed',
  TYPE_KIND_CHANGED: 'graphql-output-changed',
  FIELD_REMOVED: 'graphql-field-removed',
  FIELD_TYPE_CHANGED: 'graphql-output-changed',
  FIELD_ARGUMENT_REMOVED: 'graphql-input-removed',
  FIELD_ARGUMENT_ADDED: 'graphql-input-required',
  FIELD_ARGUMENT_TYPE_CHANGED: 'graphql-input-changed',
  INPUT_FIELD_REMOVED: 'graphql-input-removed',
  INPUT_FIELD_ADDED: 'graphql-input-required',
  INPUT_FIELD_TYPE_CHANGED: 'graphql-input-changed',
  ENUM_VALUE_REMOVED: 'graphql-enum-value-removed',
  ENUM_VALUE_ADDED: 'graphql-enum-value-added',
  UNION_MEMBER_REMOVED: 'graphql-member-removed',
  OBJECT_TYPE_INTERFACE_REMOVED: 'graphql-member-removed',
};

/** What a query of a client of the base meets at the head. */
export async function compareSdl(baseText: string, headText: string): Promise<Comparison> {
  const head = readSdl(headText);
  if (typeof head === 'string') return { hits: [], gap: head };
  const base = readSdl(baseText);
  if (typeof base === 'string') return { hits: [], gap: `the text before was not compared: ${base}` };
  if (!base) return { hits: [], gap: null };
  const now = head ?? NOTHING;
  const changes = await diff(base.schema, now.schema);
  const spans = { base: indexSpans(base.document), head: indexSpans(now.document) };
  const hits = changes.flatMap((change) => toHit(change, base, now, spans) ?? []);
  const told = new Set(hits.flatMap(({ symbol }) => typeNameAt(base.schema, symbol) ?? []));
  // A type goes with the fields that gave it: they are what a query names.
  return { hits: hits.filter(({ kind, symbol }) => kind !== 'graphql-type-removed' || !told.has(symbol)), gap: null };
}

const NOTHING: Sdl = {
  document: { kind: Kind.DOCUMENT, definitions: [] },
  schema: new GraphQLSchema({}),
  foreign: new Set(),
};

type Spans = Record<'base' | 'head', ReadonlyMap<string, Span>>;

function toHit(change: Change, base: Sdl, head: Sdl, spans: Spans): Hit | null {
  const kind = KINDS[change.type];
  const isNewValue = kind === 'graphql-enum-value-added';
  if (!kind || (change.criticality.level !== CriticalityLevel.Breaking && !isNewValue)) return null;
  const meta: Record<string, unknown> = { ...change.meta };
  const path = change.path ?? '';
  const [type = ''] = path.split('.');
  // The rest of it is in another file, and may have been there or gone there.
  if (base.foreign.has(type) || head.foreign.has(type)) return null;
  if (isNewValue && !isAnswered(base.schema, type)) return null;
  const [before, after] = [pickText(meta, 'old'), pickText(meta, 'new')];
  if ([before, after].some((name) => name && head.foreign.has(bare(name)) !== base.foreign.has(bare(name))))
    return null;
  const isMember = kind === 'graphql-member-removed';
  const member = pickText(meta, 'removed') ?? '';
  const symbol = isMember ? `${path}.${member}` : path;
  const values = {
    NAME: isMember ? member : path,
    WHERE: type,
    ...(before && { BEFORE: before }),
    ...(after && { AFTER: after }),
  };
  const deprecated = Object.entries(meta).some(([name, value]) => /^is.*Deprecated$/.test(name) && value === true);
  // Who asks by hand reads what comes; a generated client of a strict language meets null where none could be.
  const isNullable = kind === 'graphql-output-changed' && after !== undefined && before === `${after}!`;
  const isStricter = kind === 'graphql-input-changed' && before !== undefined && after === `${before}!`;
  return {
    kind: isStricter ? 'graphql-input-required' : kind,
    place: placeAt(path, spans.base, spans.head),
    symbol,
    values,
    relief: deprecated ? 'deprecated' : isNullable ? 'nullable' : null,
  };
}

/** A type or kind before or after, whatever it is of. */
function pickText(meta: Readonly<Record<string, unknown>>, side: 'old' | 'new' | 'removed'): string | undefined {
  const found = Object.entries(meta).find(([name, value]) => name.startsWith(side) && typeof value === 'string');
  return found && String(found[1]);
}

function bare(type: string): string {
  return type.replace(/[[\]!]/g, '');
}

/** Whether an answer holds values of this type. */
function isAnswered(schema: GraphQLSchema, type: string): boolean {
  return Object.values(schema.getTypeMap()).some(
    (one) =>
      (isObjectType(one) || isInterfaceType(one)) &&
      !one.name.startsWith('__') &&
      Object.values(one.getFields()).some((field) => getNamedType(field.type).name === type),
  );
}

/** The type that a field gives, or an argument takes. */
function typeNameAt(schema: GraphQLSchema, coordinate: string): string | null {
  const [type = '', field, argument] = coordinate.split('.');
  const holder = schema.getType(type);
  if (!field || !(isObjectType(holder) || isInterfaceType(holder) || isInputObjectType(holder))) return null;
  const found = holder.getFields()[field];
  const part = argument && found && 'args' in found ? found.args.find(({ name }) => name === argument) : found;
  return part ? getNamedType(part.type).name : null;
}
