import type { SgNode } from '@ast-grep/napi';
import { inlineCode } from '../../findings/evidence.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { findDefinitions } from './definitions.ts';
import { keyedName } from './dialect.ts';
import type { Evaluation, Frame } from './evaluation.ts';
import { foldDefinitions } from './names.ts';
import { findRegion } from './regions.ts';
import { findSingleDefinition, resolveNode } from './resolve.ts';
import { capOfField } from './types.ts';
import { readValidated } from './validators.ts';
import {
  capLevel,
  elementOf,
  holeValue,
  type Level,
  levelOf,
  renameHoles,
  traceOf,
  type Value,
  worstValue,
} from './value.ts';

/** Characters of a name that is looked up. */
const MOST_NAME = 100;
/** Numbers, whatever they belong to. */
const NUMBERS = new Set(['length', 'size', 'pid', 'ppid', 'exitCode', 'byteLength']);

export function valueOfMember(run: Evaluation, node: SgNode, object: SgNode, property: string, frame: Frame): Value {
  const name = inlineCode(node.text());
  if (NUMBERS.has(property)) return holeValue('safe', name);
  const self = run.dialect.readSelf(node);
  if (self !== null && object.text() === self) return valueOfField(run, node, `${self}.${property}`, frame);
  return valueOfMemberIn(run, object, property, node, frame);
}

/** A member of a literal object is that value; of a request, request input; of anything else, as much as the whole. */
export function valueOfMemberIn(run: Evaluation, object: SgNode, property: string, node: SgNode, frame: Frame): Value {
  const name = inlineCode(node.text());
  const literal = resolveNode(run, object);
  const entry = literal && run.dialect.readEntry(literal, property);
  if (entry) return renameHoles(run.visit(entry, frame), name);
  const validated = literal && readValidated(run, literal, property, frame);
  if (validated) return renameHoles(validated, name);
  const whole = run.visit(object, frame);
  const level = levelOf(whole);
  const onlyText = whole.parts.length > 0 && whole.parts.every((part) => part.kind === 'text');
  if (onlyText || level === 'safe') return holeValue(whole.parts.length > 0 ? 'safe' : 'foreign', name);
  const filled = level === 'tainted' ? capOfFilled(run, object, property) : null;
  if (filled) return capLevel(holeValue(level, name, traceOf(whole)), filled);
  const field = level === 'tainted' ? null : typedField(run, object, property);
  // What a parameter of a foreign type holds is known where the type is declared here.
  if (field) return field.cap === null ? holeValue('unknown', name, traceOf(whole)) : holeValue(field.cap, name);
  return holeValue(level, name, traceOf(whole));
}

/**
 * A field of a value that a decoder filled from the request (`json.NewDecoder(r.Body).Decode(&order)`): as much as its type lets
 * through; of a type of another file it is not known what was checked. Null: no decoder filled it.
 */
function capOfFilled(run: Evaluation, object: SgNode, property: string): Level | null {
  const position = object.range().start.index;
  const all = run.index().definitionsOf(object.text().slice(0, MOST_NAME), position);
  if (!run.budget.spend(all.length >> 2)) return null;
  const calls = run.dialect.callKinds;
  if (!all.some((one) => one.kind === 'assign' && calls.includes(String(one.node.kind())))) return null;
  const type = all.map((one) => one.type ?? NEW.exec(one.value?.text().slice(0, MOST_NAME) ?? '')?.[1]).find(Boolean);
  if (type?.startsWith('struct{')) return isNumberIn(type, property) ? 'safe' : 'tainted';
  const field = capOfField(run, type ?? null, property, position);
  return field ? (field.cap ?? 'tainted') : 'unknown';
}

/** `new(Order)`, `&Order{}`, `Order{}` */
const NEW = /^(?:new\(|&?)([A-Za-z_]\w*)(?:\)|\{)/;

/** In a type that is written without a name, and kept without white space. */
function isNumberIn(type: string, field: string): boolean {
  return new RegExp(`[{;"\x60]${escapeRegExp(field)}\\*?(?:u?int|float|bool)`).test(type);
}

function typedField(run: Evaluation, object: SgNode, property: string): ReturnType<typeof capOfField> {
  const declared = findSingleDefinition(run, object);
  return declared?.kind === 'parameter' ? capOfField(run, declared.type, property, object.range().start.index) : null;
}

/**
 * A field of the object whose method this is: what the same method gave it, else what other methods of the class may have. What a
 * constructor was given is decided elsewhere.
 */
function valueOfField(run: Evaluation, node: SgNode, path: string, frame: Frame): Value {
  const name = inlineCode(node.text());
  const field = path.slice(path.lastIndexOf('.') + 1);
  const written = new RegExp(`(?<![\\w$])${escapeRegExp(field)}\\s*(?::[^=\\n]{0,80})?\\+?=(?!=)`);
  if (!written.test(run.text)) return holeValue('foreign', name);
  const { start, end } = node.range();
  const index = run.index();
  const around = index.classOf(start.index);
  const all = index
    .everywhere(path)
    .filter((one) => !around || (around.start <= one.node.range().start.index && one.at < around.end));
  if (!run.budget.spend(all.length + 1)) return holeValue('foreign', name);
  const fn = findRegion(index.functions, start.index, end.index)?.start ?? -1;
  const own = all.filter((one) => one.functionStart === fn && one.at < start.index);
  const certain = own.some((one) => one.kind !== 'append');
  if (certain) return foldDefinitions(run, name, own, start.index, frame);
  const others = all.filter((one) => one.functionStart !== fn || one.at < start.index);
  const values = others.map((one) => capLevel(foldDefinitions(run, name, [one], one.at, frame), 'tainted'));
  const worst = worstValue(values);
  if (values.length === 0) return holeValue('foreign', name);
  return levelOf(worst) === 'unknown' ? capLevel(worst, 'foreign') : worst;
}

/** What was put under this key before, in the same function; null: nothing. */
function valueOfKeyed(run: Evaluation, object: SgNode, key: string, node: SgNode, frame: Frame): Value | null {
  const { start, end } = node.range();
  const fn = findRegion(run.index().functions, start.index, end.index)?.start ?? -1;
  const all = run.index().definitionsOf(keyedName(object.text().slice(0, MOST_NAME), key), start.index);
  const found = run.budget.spend(all.length >> 2) ? findDefinitions(all, start.index, fn) : [];
  return found.length === 0 ? null : foldDefinitions(run, inlineCode(node.text()), found, start.index, frame);
}

/** `COLUMNS[sort]` is one of the fixed values of COLUMNS, whatever `sort` is. */
export function valueOfIndex(run: Evaluation, node: SgNode, object: SgNode, index: SgNode | null, frame: Frame): Value {
  const name = inlineCode(node.text());
  const literal = /^[rbu]?(['"])(.*)\1$/.exec(index?.text() ?? '')?.[2];
  const put = literal === undefined ? null : valueOfKeyed(run, object, literal, node, frame);
  if (put) return put;
  if (literal !== undefined) return valueOfMemberIn(run, object, literal, node, frame);
  const value = run.visit(object, frame);
  if (levelOf(value) === 'tainted') return holeValue('tainted', name, traceOf(value));
  if (value.items) return elementOf(value, name);
  const position = index !== null && /^\d+$/.test(index.text());
  return holeValue(position ? levelOf(value) : 'safe', name, traceOf(value));
}
