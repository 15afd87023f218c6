import { externalBases, findUpwards } from '../../flows/program/class-bases.ts';
import { resolveTypeName } from '../../flows/program/types.ts';
import type { Run } from '../../flows/run/run.ts';
import type { ClassRef, Home, Value } from '../../flows/values/value.ts';
import type { Type } from '../../languages/form.ts';

/** What a value is called when it is sent as JSON: its fields, with those inside of them (`owner.id`), items without their index. */
export interface SentFields {
  fields: Set<string>;
  /** Those of which not every field is known; `''`: the value itself. */
  open: Set<string>;
}

const DEEPEST = 3;
const MOST_FIELDS = 200;
/** Classes whose fields are what is sent. */
const DATA = /^(?:pydantic|sqlmodel|ninja|msgspec|marshmallow)\b/;

export function listFields(run: Run, value: Value): SentFields {
  const sent: SentFields = { fields: new Set(), open: new Set() };
  addFields(run, sent, value, '', 0);
  return sent;
}

/** The fields that a declaration says. */
export function listDeclared(run: Run, home: Home, type: Type): SentFields {
  const sent: SentFields = { fields: new Set(), open: new Set() };
  addDeclared(run, sent, home, type, '', 0);
  return sent;
}

function addFields(run: Run, sent: SentFields, value: Value, at: string, depth: number): void {
  const { entries } = value;
  if (depth > DEEPEST || sent.fields.size > MOST_FIELDS) return void sent.open.add(at);
  if (value.type) return addDeclared(run, sent, value.type.home, value.type.type, at, depth);
  if (value.of?.instance) return addClass(run, sent, value.of.class, at, depth);
  if (!entries) {
    // A text or a number has no fields.
    const isKnown = value.constant !== undefined || value.pieces.every((one) => one.kind === 'text' || one.fixed);
    return isKnown && at !== '' ? undefined : void sent.open.add(at);
  }
  const keys = [...entries.keys()].filter((key) => !key.startsWith('#'));
  if (isUnseenStruct(value, keys)) return void sent.open.add(at);
  const isList = keys.every((key) => key === '*' || /^\d+$/.test(key));
  if (value.open || (!isList && entries.has('*')) || keys.length === 0) sent.open.add(at);
  for (const key of keys) {
    const one = entries.get(key);
    if (!one || (key === '*' && !isList)) continue;
    if (isList) addFields(run, sent, one, at, depth + 1);
    else add(run, sent, one, at === '' ? key : `${at}.${key}`, depth);
  }
}

/** `models.Order{Total: 1}` of a package that is not there: its tags say what is sent, and a field of `gin.H` is called as it is written. */
function isUnseenStruct({ name }: Value, keys: readonly string[]): boolean {
  return (
    name !== null && /\.[A-Z]\w*(?:\(\))?$/.test(name) && !MAP.test(name) && keys.length > 0 && keys.every(isExported)
  );
}

const MAP = /\.(?:H|M|D|Map|JSON|Dict)(?:\(\))?$/;

function isExported(key: string): boolean {
  return /^[A-Z]\w*$/.test(key);
}

function add(run: Run, sent: SentFields, value: Value, name: string, depth: number): void {
  sent.fields.add(name);
  addFields(run, sent, value, name, depth + 1);
}

function addDeclared(run: Run, sent: SentFields, home: Home, type: Type, at: string, depth: number): void {
  if (depth > DEEPEST || sent.fields.size > MOST_FIELDS) return void sent.open.add(at);
  if (type.kind === 'list')
    return type.of ? addDeclared(run, sent, home, type.of, at, depth + 1) : void sent.open.add(at);
  if (type.kind === 'plain' || type.kind === 'text') return;
  if (type.kind === 'union') {
    for (const one of type.of) addDeclared(run, sent, home, one, at, depth + 1);
    return;
  }
  if (type.kind === 'record') {
    const { language } = home.module;
    for (const [field, inner] of Object.entries(type.fields)) {
      const said = type.names?.[field];
      // A field of Go without a tag is called as it is written, and one in lower case is not sent.
      if (said === '-' || (language === 'go' && !/^[A-Z]/.test(field))) continue;
      const name = at === '' ? (said ?? field) : `${at}.${said ?? field}`;
      sent.fields.add(name);
      addDeclared(run, sent, home, inner, name, depth + 1);
    }
    return;
  }
  if (type.kind !== 'named') return void sent.open.add(at);
  const found = resolveTypeName(run, home, type.name);
  if (found.kind === 'class') return addClass(run, sent, found.class, at, depth);
  if (found.kind !== 'type') return void sent.open.add(at);
  for (const base of found.form.extends) addDeclared(run, sent, found.home, base, at, depth + 1);
  addDeclared(run, sent, found.home, found.form.type, at, depth + 1);
}

/** Of a class what its declarations say. */
function addClass(run: Run, sent: SentFields, ref: ClassRef, at: string, depth: number): void {
  const isData = ref.home.module.language !== 'python' || externalBases(run, ref).some((base) => DATA.test(base));
  if (!isData) return void sent.open.add(at);
  findUpwards(run, ref, ({ home, form }) => {
    for (const field of form.fields) {
      if (field.name.startsWith('_') || (field.type === null && field.value === null)) continue;
      if (home.module.language === 'python' && field.type === null && !/^[\w.]*$/.test(field.name)) continue;
      const name = at === '' ? field.name : `${at}.${field.name}`;
      sent.fields.add(name);
      if (field.type) addDeclared(run, sent, home, field.type, name, depth + 1);
      else sent.open.add(name);
    }
    return null;
  });
}
