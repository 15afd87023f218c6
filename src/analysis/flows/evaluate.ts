import type { SgNode } from '@ast-grep/napi';
import { inlineCode } from '../evidence.ts';
import { isFunction } from '../languages.ts';
import { findDefinitions, type Placed } from './definitions.ts';
import { type Call, type Dialect, plainText } from './dialect.ts';
import type { FileIndex } from './file-index.ts';
import type { LanguageFlow } from './flow.ts';
import { formatValue } from './format-value.ts';
import { isGuarded } from './guards.ts';
import { findRegion } from './regions.ts';
import {
  addStep,
  capLevel,
  concatValues,
  EMPTY,
  holeValue,
  joinValues,
  levelOf,
  textValue,
  type Value,
  worstValue,
} from './value.ts';

export interface Scene {
  dialect: Dialect;
  flow: LanguageFlow;
  index: () => FileIndex;
}

type Bindings = ReadonlyMap<string, Value>;

interface Frame {
  depth: number;
  /** Values of the parameters of a function that is being evaluated for one call. */
  bindings: Bindings;
  /** Definitions being resolved: a loop such as `q = q + x` ends here. */
  open: ReadonlySet<Placed>;
}

const MAX_DEPTH = 24;
const START: Frame = { depth: 0, bindings: new Map(), open: new Set() };
const VALIDATORS = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'validate',
  'validateSync',
  'validateAsync',
  'model_validate',
  'cast',
  'assert',
  'coerce',
]);
const CONSTANT_NAME = /^[A-Z][A-Z0-9_]+$/;
/** Names of bind parameters themselves, as query builders make them. */
const PLACEHOLDER_NAME = /(placeholder|param(eter)?name|bindname)s?$/i;

/** What an expression may hold, over constant < safe < unknown < tainted. Never throws on odd syntax: that is `unknown`. */
export function evaluate(scene: Scene, node: SgNode): Value {
  return visit(scene, node, START);
}

function visit(scene: Scene, node: SgNode, above: Frame): Value {
  if (above.depth > MAX_DEPTH) return unknown(node);
  const frame = { ...above, depth: above.depth + 1 };
  const go = (next: SgNode): Value => visit(scene, next, frame);
  if (isSource(scene.flow, node)) {
    const step = { line: node.range().start.line + 1, text: inlineCode(node.text()) };
    return holeValue('tainted', node, inlineCode(node.text()), [step]);
  }
  const expression = scene.dialect.readExpression(node);
  switch (expression.kind) {
    case 'text':
      return textValue(expression.text);
    case 'harmless':
      return holeValue('safe', node, inlineCode(node.text()));
    case 'concat':
      return concatOf(expression.parts, node, go);
    case 'format':
      return formatValue(go(expression.template), expression, node, go);
    case 'wrapped':
      return go(expression.inner);
    case 'choice': {
      const guarded = expression.condition
        ? capIfGuarded(scene, expression.condition, expression.whenTrue, go)
        : go(expression.whenTrue);
      return worstValue([guarded, go(expression.whenFalse)]);
    }
    case 'list':
      return listOf(expression.items.map(go));
    case 'repeat': {
      const item = go(expression.item);
      return item.items ? { ...item, items: [...item.items, ...item.items] } : item;
    }
    case 'each':
      return listOf([go(expression.item)]);
    case 'name':
      return nameOf(scene, node, expression.name, frame);
    case 'member':
      return memberOf(scene, node, go(expression.object), expression.property);
    case 'index':
      return indexOf(scene, node, expression.object, expression.index, go);
    case 'call':
      return callOf(scene, node, expression.call, frame);
    case 'unknown':
      return unknown(node);
  }
}

function unknown(node: SgNode): Value {
  return holeValue('unknown', node, inlineCode(node.text()));
}

function listOf(items: Value[]): Value {
  const flat = items.flatMap((item) => item.items ?? [item]);
  return { parts: flat.flatMap((item) => item.parts), items: flat, built: false };
}

function isSource(flow: LanguageFlow, node: SgNode): boolean {
  const kind = String(node.kind());
  if (!/member|attribute|selector|call|subscript|index/.test(kind)) return false;
  const text = plainText(node).replace(/^(this|self)\./, '');
  if (text.length > 300) return false;
  // `c.Query(` is a whole call already; after `req.query` the name must end.
  const ends = (source: string): boolean => source.endsWith('(') || !/^\w/.test(text.slice(source.length));
  return flow.sources.some((source) => text.startsWith(source) && ends(source));
}

function concatOf(parts: (string | SgNode)[], node: SgNode, go: (next: SgNode) => Value): Value {
  const values = parts.map((part) => (typeof part === 'string' ? textValue(part) : go(part)));
  if (values.length === 1 && values[0]) return typeof parts[0] === 'string' ? values[0] : { ...values[0], built: true };
  const merged = concatValues(values, node);
  return { ...merged, built: merged.built && merged.parts.some((part) => part.kind === 'hole') };
}

function capIfGuarded(scene: Scene, condition: SgNode, value: SgNode, go: (next: SgNode) => Value): Value {
  const result = go(value);
  return scene.dialect.readGuard(plainText(condition), plainText(value)) === 'allows'
    ? capLevel(result, 'safe')
    : result;
}

function nameOf(scene: Scene, node: SgNode, name: string, frame: Frame): Value {
  const bound = frame.bindings.get(name);
  if (bound) return bound;
  const { start, end } = node.range();
  const index = scene.index();
  const fn = findRegion(index.functions, start.index, end.index);
  const found = findDefinitions(index.definitionsOf(name, start.index), start.index, fn?.start ?? -1).filter(
    (d) => !frame.open.has(d),
  );
  const since = Math.max(
    0,
    ...found.slice(0, 1).map((definition) => (definition.kind === 'parameter' ? definition.scopeStart : definition.at)),
  );
  if (isGuarded(scene.dialect, index.guardsOf(name, start.index), name, start.index, since))
    return holeValue('safe', node, name);
  if (found.length === 0) return CONSTANT_NAME.test(name) ? holeValue('safe', node, name) : unknown(node);
  let value: Value | null = null;
  for (const definition of found) {
    const here = valueOfDefinition(scene, node, definition, { ...frame, open: new Set([...frame.open, definition]) });
    if (definition.kind === 'append' && value) value = appendValue(value, here, definition.node);
    else {
      const certain = definition.scopeStart <= start.index && start.index <= definition.scopeEnd;
      value = value && !certain ? worstValue([value, here]) : here;
    }
  }
  return value ?? unknown(node);
}

function appendValue(value: Value, added: Value, at: SgNode): Value {
  if (value.items) return listOf([...value.items, ...(added.items ?? [added])]);
  const merged = concatValues([value, added], at);
  return { ...merged, built: merged.parts.some((part) => part.kind === 'hole') };
}

function valueOfDefinition(scene: Scene, use: SgNode, definition: Placed, frame: Frame): Value {
  const { kind, name, typed } = definition;
  const step = { line: definition.line, text: inlineCode(definition.node.text().split('\n')[0] ?? '') };
  if (typed === 'safe') return holeValue('safe', use, name);
  if (PLACEHOLDER_NAME.test(name)) return holeValue('safe', use, name);
  if (kind === 'import') return CONSTANT_NAME.test(name) ? holeValue('safe', use, name) : unknown(use);
  if (kind === 'parameter') return definition.fromRequest ? holeValue('tainted', use, name, [step]) : unknown(use);
  if (!definition.value) return EMPTY;
  if (isFunction(definition.value)) return unknown(use);
  const value = visit(scene, definition.value, frame);
  if (kind === 'element') return addStep(elementOf(value, use, name), step);
  if (definition.property !== null) {
    return addStep(renameHoles(memberOf(scene, definition.value, value, definition.property), name), step);
  }
  return addStep(value.built ? value : renameHoles(value, name), step);
}

/** A value that merely got another name is spoken of by that name. */
function renameHoles(value: Value, name: string): Value {
  if (value.parts.length !== 1) return value;
  return { ...value, parts: value.parts.map((part) => (part.kind === 'hole' ? { ...part, name } : part)) };
}

function elementOf(list: Value, node: SgNode, name: string): Value {
  if (list.items && list.items.length > 0) return worstValue(list.items);
  if (list.parts.every((part) => part.kind === 'text') && list.parts.length > 0) return holeValue('safe', node, name);
  return renameHoles(list, name);
}

const CONFIG_OBJECT =
  /^(this|self|cls|config|cfg|conf|settings|options|opts|env|process\.env|constants|s|c|r|db|d|p|m|app)$/;

function memberOf(scene: Scene, node: SgNode, object: Value, property: string): Value {
  const level = levelOf(object);
  const name = inlineCode(node.text());
  if (property === 'length' || CONSTANT_NAME.test(property)) return holeValue('safe', node, name);
  if (object.parts.every((part) => part.kind === 'text') && object.parts.length > 0)
    return holeValue('safe', node, name);
  const trace = object.parts.find((part) => part.kind === 'hole')?.trace ?? [];
  if (level === 'tainted') return holeValue('tainted', node, name, trace);
  const text = plainText(node);
  const holder = text.slice(0, text.lastIndexOf('.'));
  return holeValue(
    CONFIG_OBJECT.test(holder) && !scene.flow.sources.some((source) => text.startsWith(source))
      ? 'safe'
      : level === 'safe' && object.parts.length > 0
        ? 'safe'
        : 'unknown',
    node,
    name,
    trace,
  );
}

/** `COLUMNS[sort]` is one of the fixed values of COLUMNS, whatever `sort` is. */
function indexOf(scene: Scene, node: SgNode, object: SgNode, index: SgNode | null, go: (next: SgNode) => Value): Value {
  const name = inlineCode(node.text());
  const value = go(object);
  if (levelOf(value) === 'tainted')
    return { ...holeValue('tainted', node, name, value.parts.find((p) => p.kind === 'hole')?.trace ?? []) };
  if (value.items) return elementOf(value, node, name);
  const literal = index && /^['"\d]/.test(index.text());
  if (!literal || levelOf(value) === 'safe')
    return holeValue(CONSTANT_NAME.test(object.text()) || !literal ? 'safe' : levelOf(value), node, name);
  return unknown(node);
}

function callOf(scene: Scene, node: SgNode, call: Call, frame: Frame): Value {
  const go = (next: SgNode): Value => visit(scene, next, frame);
  const { flow, dialect } = scene;
  const name = inlineCode(node.text());
  if (flow.sanitisers.includes(call.name) || flow.sanitisers.includes(call.callee))
    return holeValue('safe', node, name);
  const first = call.args[0];
  if (call.name === 'join') return joinOf(scene, node, call, frame);
  if (call.callee === 'strings.Join' && first)
    return joinValues(listItems(go(first)), call.args[1] ? go(call.args[1]) : EMPTY, node);
  if (call.name === 'String' && call.receiver) return go(call.receiver);
  if (call.name === 'map' && call.receiver && first) return mapOf(scene, node, call.receiver, first, frame);
  if (
    (call.name === 'replace' || call.name === 'replaceAll' || call.callee === 're.sub') &&
    /\[\^/.test(first?.text() ?? '')
  )
    return holeValue('safe', node, name);
  if (call.callee === 'Object.keys' || call.callee === 'Object.entries')
    return first ? { ...listOf([renameHoles(go(first), name)]) } : EMPTY;
  if (call.name === 'concat' && call.receiver) return concatOf([call.receiver, ...call.args], node, go);
  if (VALIDATORS.has(call.name) && call.receiver) return holeValue('safe', node, name);
  if (dialect.passThrough.has(call.name) || dialect.passThrough.has(call.callee)) {
    const inner =
      call.receiver && !/^(strings|textwrap|urllib\.parse)$/.test(call.receiver.text()) ? call.receiver : first;
    return inner ? go(inner) : unknown(node);
  }
  return callLocal(scene, node, call, frame) ?? unknown(node);
}

function listItems(value: Value): readonly Value[] {
  return value.items ?? [value];
}

/** `items.join(', ')` of JavaScript, `', '.join(items)` of Python. */
function joinOf(scene: Scene, node: SgNode, call: Call, frame: Frame): Value {
  const go = (next: SgNode): Value => visit(scene, next, frame);
  const pythonic = call.receiver !== null && /string/.test(String(call.receiver.kind()));
  const [list, separator] = pythonic ? [call.args[0], call.receiver] : [call.receiver, call.args[0]];
  if (!list) return unknown(node);
  return joinValues(listItems(go(list)), separator ? go(separator) : textValue(','), node);
}

function mapOf(scene: Scene, node: SgNode, list: SgNode, callback: SgNode, frame: Frame): Value {
  if (!isFunction(callback)) return listOf([visit(scene, list, frame)]);
  const [item, index] = scene.dialect.readParameters(callback);
  const element = elementOf(visit(scene, list, frame), list, item ?? '');
  const bindings = new Map(frame.bindings);
  if (item) bindings.set(item, element);
  if (index) bindings.set(index, holeValue('safe', node, index));
  const results = scene.dialect.readReturns(callback).map((found) => visit(scene, found, { ...frame, bindings }));
  return listOf([worstValue(results)]);
}

/** A function of the same file, evaluated with this call's arguments. */
function callLocal(scene: Scene, node: SgNode, call: Call, frame: Frame): Value | null {
  if (call.receiver || frame.depth > MAX_DEPTH / 2) return null;
  const found = scene
    .index()
    .definitionsOf(call.name, node.range().start.index)
    .find((definition) => definition.value && isFunction(definition.value));
  if (!found?.value || frame.open.has(found)) return null;
  const parameters = scene.dialect.readParameters(found.value);
  const values = call.args.map((arg) => visit(scene, arg, frame));
  const bindings = new Map(parameters.map((parameter, index): [string, Value] => [parameter, values[index] ?? EMPTY]));
  const results = scene.dialect.readReturns(found.value);
  if (results.length === 0) return null;
  const open = new Set([...frame.open, found]);
  const value = worstValue(results.map((result) => visit(scene, result, { depth: frame.depth, bindings, open })));
  return addStep(value, { line: node.range().start.line + 1, text: inlineCode(node.text()) });
}
