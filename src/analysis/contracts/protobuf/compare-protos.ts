import { lastPart } from '../../../text/last-part.ts';
import type { Comparison, Hit, Place, Relief } from '../hit.ts';
import { type Proto, type ProtoMember, type ProtoType, readProto } from './read-proto.ts';

/** Types that are the same bytes on the wire. Source: protobuf.dev/programming-guides/proto3/#updating. */
const SAME_ON_WIRE = [
  ['int32', 'uint32', 'int64', 'uint64', 'bool'],
  ['sint32', 'sint64'],
  ['string', 'bytes'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
];

/** What a binary or JSON message of the base means to code of the head, and the other way round. */
export function compareProtos(baseText: string, headText: string): Comparison {
  const base = readProto(baseText);
  if (typeof base === 'string') return { hits: [], gap: `the text before was not compared: ${base}` };
  const head = readProto(headText);
  if (typeof head === 'string') return { hits: [], gap: head };
  const unstable = /(^|\.)v\d+(p\d+)?(alpha|beta|test)\d*(\.|$)/.test(base.package.name);
  const hits: Hit[] = [];
  const note = (hit: Hit): void => {
    hits.push({ ...hit, relief: hit.relief ?? (unstable ? 'unstable' : null) });
  };
  const holds = [...base.types.values()].some(({ kind }) => kind !== 'enum');
  if (base.package.name !== head.package.name && holds && base.package.name !== '')
    note({
      kind: 'proto-package-changed',
      place: { base: base.package, head: head.package, up: null },
      symbol: 'package',
      values: {
        NAME: base.package.name,
        WHERE: 'the file',
        BEFORE: base.package.name,
        AFTER: head.package.name || 'none',
      },
      relief: null,
    });
  for (const before of base.types.values()) {
    const after = head.types.get(before.name);
    const place: Place = { base: before, head: after ?? null, owner: true, up: null };
    if (!after || after.kind !== before.kind) noteRemoved(before, base, head, place, note);
    else if (before.kind === 'service') compareMethods(before, after, place, note);
    else compareMembers(before, after, { base, head, up: place }, note);
  }
  return { hits: dropTold(hits, base), gap: null };
}

/** A type goes with the method or field that used it, which is told; so do the types inside it. */
function dropTold(hits: readonly Hit[], base: Proto): Hit[] {
  const told = new Set<string>();
  const tell = (text: string): void => {
    for (const [word] of text.matchAll(/[\w.]+/g)) {
      const type = findType(base, word);
      if (!type || told.has(type.name)) continue;
      told.add(type.name);
      for (const member of type.members) tell(member.type);
    }
  };
  for (const { kind, values, symbol } of hits) {
    if (kind === 'proto-type-removed') continue;
    tell(values.BEFORE ?? '');
    const [owner, member] = [symbol.slice(0, symbol.lastIndexOf('.')), lastPart(symbol)];
    tell(base.types.get(owner)?.members.find(({ name }) => name === member)?.type ?? '');
  }
  return hits.filter(({ kind, symbol }) => kind !== 'proto-type-removed' || !told.has(symbol));
}

/** A type of this file by its name, in full or in part. */
function findType(proto: Proto, name: string): ProtoType | undefined {
  const own = name.replace(/^\./, '');
  return (
    proto.types.get(own) ??
    [...proto.types.values()].find((one) => own.endsWith(`.${one.name}`) || one.name.endsWith(`.${own}`))
  );
}

type Note = (hit: Hit) => void;

/** A type inside one that is gone goes with it; one that moved into another keeps its bytes. */
function noteRemoved(before: ProtoType, base: Proto, head: Proto, place: Place, note: Note): void {
  const outer = before.name.split('.').slice(0, -1).join('.');
  if (outer !== '' && base.types.has(outer) && !head.types.has(outer)) return;
  note({
    kind: before.kind === 'service' ? 'proto-element-removed' : 'proto-type-removed',
    place,
    symbol: before.name,
    values: { NAME: before.name, WHERE: before.kind },
    relief: reliefOf(before),
  });
}

function reliefOf({ deprecated }: { deprecated: boolean }): Relief | null {
  return deprecated ? 'deprecated' : null;
}

function compareMethods(before: ProtoType, after: ProtoType, up: Place, note: Note): void {
  const now = new Map(after.members.map((one) => [one.name, one]));
  for (const method of before.members) {
    const same = now.get(method.name);
    const values = {
      NAME: `${before.name}.${method.name}`,
      WHERE: 'rpc',
      BEFORE: method.type,
      AFTER: same?.type ?? '',
    };
    const common = {
      place: { base: method, head: same ?? null, up },
      symbol: values.NAME,
      values,
      relief: reliefOf(method),
    };
    if (!same) note({ kind: 'proto-element-removed', ...common });
    else if (method.type !== same.type) note({ kind: 'proto-method-changed', ...common });
  }
}

interface Around {
  base: Proto;
  head: Proto;
  up: Place;
}

function compareMembers(before: ProtoType, after: ProtoType, { base, head, up }: Around, note: Note): void {
  const isSame = (one: ProtoMember, other: ProtoMember): boolean => isSameField(one, other, base, head);
  const byNumber = new Map(after.members.map((one) => [one.number, one]));
  const byName = new Map(after.members.map((one) => [one.name, one]));
  const known = new Set(before.members.map(({ name }) => name));
  for (const member of before.members) {
    const { name, number } = member;
    // An enum may give one number several names.
    const same = byName.get(name)?.number === number ? byName.get(name) : byNumber.get(number);
    const moved = byName.get(name);
    const hit = (kind: Hit['kind'], now: ProtoMember | null, change: { BEFORE?: string; AFTER?: string } = {}): void =>
      note({
        kind,
        place: { base: member, head: now, up },
        symbol: `${before.name}.${name}`,
        values: {
          NAME: name,
          WHERE: `${before.kind} ${before.name}`,
          BEFORE: String(number),
          NUMBER: String(number),
          ...change,
        },
        relief: reliefOf(member),
      });
    if (moved && moved.number !== number) {
      hit('proto-number-changed', moved, { AFTER: String(moved.number) });
      continue;
    }
    if (!same) {
      if (!isReserved(after, member)) hit('proto-number-freed', null);
      continue;
    }
    if (same.name !== name) {
      // What has another meaning has another type or another role; a new name alone is the same field.
      const isOther = before.kind === 'message' && !isSame(member, same);
      const shown = {
        BEFORE: isOther ? `${describe(member)} ${name}` : name,
        AFTER: isOther ? `${describe(same)} ${same.name}` : same.name,
      };
      if (isOther) hit('proto-number-reused', same, { ...shown, AFTER: shown.AFTER });
      else if (!known.has(same.name) && jsonNameOf(same) !== jsonNameOf(member)) hit('proto-name-changed', same, shown);
      continue;
    }
    if (before.kind === 'message') compareField(member, same, isSame, (kind, change) => hit(kind, same, change));
  }
  for (const member of after.members)
    if (member.label === 'required' && !byNameOf(before).has(member.name))
      note({
        kind: 'proto-required',
        place: { base: null, head: member, up },
        symbol: `${after.name}.${member.name}`,
        values: { NAME: member.name, WHERE: `message ${after.name}` },
        relief: null,
      });
}

function byNameOf({ members }: ProtoType): Set<string> {
  return new Set(members.map(({ name }) => name));
}

function compareField(
  before: ProtoMember,
  after: ProtoMember,
  isSame: (one: ProtoMember, other: ProtoMember) => boolean,
  hit: (kind: Hit['kind'], change: { BEFORE: string; AFTER: string }) => void,
): void {
  const change = { BEFORE: describe(before), AFTER: describe(after) };
  if ((before.label === 'required') !== (after.label === 'required')) hit('proto-required', change);
  else if (!isSame(before, after)) hit('proto-type-changed', change);
}

/** The same bytes mean the same: a message that only has another name is no other message. */
function isSameField(before: ProtoMember, after: ProtoMember, base: Proto, head: Proto): boolean {
  const [many, now] = [before, after].map(({ label, type }) => label === 'repeated' || type.startsWith('map<'));
  if (many !== now) return false;
  if (isSameOnWire(before.type, after.type)) return true;
  const [old, young] = [findType(base, before.type), findType(head, after.type)];
  if (!old || !young || old.kind !== young.kind || head.types.has(old.name)) return false;
  const shapes = new Map(old.members.map((one) => [one.number, shapeOf(one)]));
  const common = young.members.filter(({ number }) => shapes.has(number));
  return common.length === shapes.size && common.every((one) => shapes.get(one.number) === shapeOf(one));
}

/** Types of other messages may have other names as well. */
function shapeOf({ label, type }: ProtoMember): string {
  return `${label === 'repeated'} ${/^[a-z]/.test(type) ? type : 'a type'}`;
}

/** Names of types may be written in full or in part. */
function isSameOnWire(before: string, after: string): boolean {
  if (before === after || before.endsWith(`.${after}`) || after.endsWith(`.${before}`)) return true;
  return SAME_ON_WIRE.some((group) => group.includes(before) && group.includes(after));
}

function describe({ label, type }: ProtoMember): string {
  return label === 'repeated' ? `repeated ${type}` : type;
}

function isReserved({ reservedNumbers }: ProtoType, { number }: ProtoMember): boolean {
  return number === null || reservedNumbers.some(([from, to]) => from <= number && number <= to);
}

/** `order_id` is `orderId` in JSON. */
function jsonNameOf({ name, jsonName }: ProtoMember): string {
  return jsonName ?? name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
