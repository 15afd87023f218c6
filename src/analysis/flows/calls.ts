import type { SgNode } from '@ast-grep/napi';
import { inlineCode } from '../../findings/evidence.ts';
import { isFunction } from '../languages.ts';
import type { Call } from './dialect.ts';
import { bindingsAt, type Evaluation, type Frame } from './evaluation.ts';
import { formatValue } from './format-value.ts';
import { resolveNode, resolveOrigin } from './resolve.ts';
import { isValidator } from './validators.ts';
import {
  addStep,
  concatValues,
  EMPTY,
  elementOf,
  holeValue,
  joinValues,
  levelOf,
  listValue,
  renameHoles,
  textValue,
  traceOf,
  type Value,
  worstValue,
} from './value.ts';

const MAX_CALL_DEPTH = 75;
const PATH_MODULES = new Set(['path', 'node:path', 'path/posix', 'node:path/posix', 'posixpath', 'path/filepath']);
/** Of a path: nothing of them takes `;`, `$(` or a quote away. */
const PATH_JOINS = new Set(['join', 'resolve', 'Join']);
const PATH_PARTS = new Set([
  'basename',
  'dirname',
  'extname',
  'normalize',
  'Base',
  'Dir',
  'Clean',
  'abspath',
  'relative',
]);

export function valueOfCall(run: Evaluation, node: SgNode, call: Call, frame: Frame): Value {
  const go = (next: SgNode): Value => run.visit(next, frame);
  const name = inlineCode(node.text());
  const [first] = call.args;
  const local = valueOfLocalCall(run, node, call, frame);
  if (local) return local;
  if (call.callee === 'util.format' && first)
    return formatValue(go(first), { args: call.args.slice(1), named: new Map(), style: 'printf' }, node, go);
  if (isSanitiser(run, call)) return holeValue('safe', name);
  const path = valueOfPath(run, node, call, go);
  if (path) return path;
  if (call.name === 'join') return joinOf(node, call, go);
  if (call.callee === 'strings.Join' && first)
    return joinValues(itemsOf(go(first)), call.args[1] ? go(call.args[1]) : EMPTY, node);
  if (call.callee === 'JSON.stringify' && first) return go(first);
  if (call.name === 'String' && call.receiver) return go(call.receiver);
  if (call.name === 'map' && first) {
    if (call.receiver) return mapOf(run, call.receiver, first, frame);
    if (call.args[1]) return mapOf(run, call.args[1], first, frame);
  }
  if (isFilter(call)) return holeValue('safe', name);
  if (call.callee === 'Object.keys' || call.callee === 'Object.entries' || call.callee === 'Object.values')
    return first ? listValue([renameHoles(go(first), name)]) : EMPTY;
  if (call.name === 'concat' && call.receiver) return concatOf([call.receiver, ...call.args], node, go);
  if (isValidator(call.name) && call.receiver) return holeValue('safe', name);
  if (call.name === 'get' && call.receiver && first) return valueOfLookup(run, node, call, frame);
  if (run.dialect.passThrough.has(call.name) || run.dialect.passThrough.has(call.callee)) {
    // With the module before it, it is a function of its argument; else a method of the text.
    const isFunctionOf = run.dialect.passThrough.has(call.callee);
    const inner = call.receiver && !isFunctionOf ? call.receiver : first;
    if (inner) return go(inner);
  }
  // What an unknown method makes of request input is still the caller's choice.
  const receiver = call.receiver ? go(call.receiver) : EMPTY;
  return levelOf(receiver) === 'tainted' && !receiver.built
    ? holeValue('tainted', name, traceOf(receiver))
    : holeValue('foreign', name);
}

function isSanitiser({ flow }: Evaluation, { name, callee }: Pick<Call, 'name' | 'callee'>): boolean {
  return flow.sanitisers.includes(name) || flow.sanitisers.includes(callee) || /^Math\.\w+$/.test(callee);
}

/** `x.replace(/[^a-z]/g, '')`, `re.sub('[^a-z]', '', x)`: only what is listed is left. */
function isFilter(call: Call): boolean {
  const replaces = call.name === 'replace' || call.name === 'replaceAll' || call.name === 'ReplaceAllString';
  return (replaces || call.callee === 're.sub') && /\[\^/.test(call.args[0]?.text() ?? '');
}

function valueOfPath(run: Evaluation, node: SgNode, call: Call, go: (next: SgNode) => Value): Value | null {
  const known = PATH_JOINS.has(call.name) || PATH_PARTS.has(call.name);
  if (!known || (call.receiver && /string/.test(String(call.receiver.kind())))) return null;
  const callee = node.field('function');
  const origin = callee && resolveOrigin(run, callee);
  const isPath = origin
    ? PATH_MODULES.has(origin.module) || /^os\.path$/.test(`${origin.module}.${origin.path[0]}`)
    : false;
  if (!isPath && call.callee !== `os.path.${call.name}`) return null;
  if (PATH_PARTS.has(call.name)) return call.args[0] ? go(call.args[0]) : EMPTY;
  // A path is no statement and no command yet: where it is pasted is the place.
  return { ...listValue(call.args.map(go)), items: null };
}

function concatOf(parts: readonly SgNode[], node: SgNode, go: (next: SgNode) => Value): Value {
  return concatValues(
    parts.map((part) => ({ value: go(part), place: part })),
    node,
  );
}

function itemsOf(value: Value): readonly Value[] {
  return value.items ?? [value];
}

/** `items.join(', ')` of JavaScript, `', '.join(items)` of Python. */
function joinOf(node: SgNode, call: Call, go: (next: SgNode) => Value): Value {
  const pythonic = call.receiver !== null && /string/.test(String(call.receiver.kind()));
  const [list, separator] = pythonic ? [call.args[0], call.receiver] : [call.receiver, call.args[0]];
  if (!list) return holeValue('foreign', inlineCode(node.text()));
  return joinValues(itemsOf(go(list)), separator ? go(separator) : textValue(','), node);
}

function mapOf(run: Evaluation, list: SgNode, callback: SgNode, frame: Frame): Value {
  const source = run.visit(list, frame);
  const fn = isFunction(callback) ? callback : resolveNode(run, callback);
  if (!fn || !isFunction(fn)) {
    const callee = callback.text();
    const safe = isSanitiser(run, { name: callee.slice(callee.lastIndexOf('.') + 1), callee });
    return safe ? listValue([holeValue('safe', callee)]) : listValue([source]);
  }
  const [item, index] = run.memo.parametersOf(fn);
  const values = new Map<string, Value>();
  if (item) values.set(item, elementOf(source, item));
  if (index) values.set(index, holeValue('safe', index));
  const results = returnsOf(run, fn, values, frame);
  return listValue([worstValue(results)]);
}

/** `COLUMNS.get(sort, 'id')`: one of the fixed values or the default; `form.get('sort')`: as much as the whole. */
function valueOfLookup(run: Evaluation, node: SgNode, call: Call, frame: Frame): Value {
  const { receiver } = call;
  const [key, fallback] = call.args;
  const whole = receiver ? run.visit(receiver, frame) : EMPTY;
  const level = levelOf(whole);
  const literal = /^['"`]/.test(key?.text() ?? '');
  const name = inlineCode(node.text());
  const found = holeValue(level === 'unknown' && !literal ? 'safe' : level, name, traceOf(whole));
  return fallback ? worstValue([found, run.visit(fallback, frame)]) : found;
}

/** A function or method of this file, evaluated with this call's arguments. */
function valueOfLocalCall(run: Evaluation, node: SgNode, call: Call, frame: Frame): Value | null {
  if (frame.depth > MAX_CALL_DEPTH) return null;
  const fn = findLocal(run, node, call);
  if (!fn) return null;
  if (frame.open.has(fn)) {
    run.memo.cut(fn);
    return null;
  }
  const values = call.args.map((arg) => run.visit(arg, frame));
  const parameters = run.memo.parametersOf(fn);
  const named = [...call.named].map(([key, arg]): [string, Value] => [key, run.visit(arg, frame)]);
  const given = parameters.map((parameter, index): [string, Value] => [parameter, values[index] ?? EMPTY]);
  const bound = new Map([...given, ...named.filter(([key]) => parameters.includes(key))]);
  if (run.memo.returnsOf(fn).length === 0) return null;
  const key = run.memo.keyOf(`${fn.id()} ${[...bound.values()].map(describe).join('|')}`);
  const value = run.memo.get(key, bindingsAt(frame.bindings, fn.range().start.index), () =>
    worstValue(returnsOf(run, fn, bound, { ...frame, open: new Set([...frame.open, fn]) })),
  );
  return addStep(value, { line: node.range().start.line + 1, text: inlineCode(node.text()) });
}

function returnsOf(run: Evaluation, fn: SgNode, values: ReadonlyMap<string, Value>, frame: Frame): Value[] {
  const { start, end } = fn.range();
  const outer = bindingsAt(frame.bindings, start.index);
  const bindings = { start: start.index, end: end.index, values, outer };
  return run.memo.returnsOf(fn).map((found) => run.visit(found, { ...frame, bindings }));
}

function findLocal(run: Evaluation, node: SgNode, call: Call): SgNode | null {
  const { start } = node.range();
  if (!call.receiver) {
    const found = run
      .index()
      .definitionsOf(call.name, start.index)
      .find((one) => one.kind === 'assign' && one.value && isFunction(one.value));
    return found?.value ?? null;
  }
  if (call.receiver.text() !== run.dialect.readSelf(node)) return null;
  const around = run.index().classOf(start.index);
  const methods = run.index().functionsNamed(call.name);
  const mine = around
    ? methods.filter((fn) => fn.range().start.index >= around.start && fn.range().end.index <= around.end)
    : methods;
  return mine.length === 1 ? (mine[0] ?? null) : null;
}

/** Arguments that are alike give results that are alike. */
function describe(value: Value): string {
  const parts = value.parts.map((part) =>
    part.kind === 'text' ? JSON.stringify(part.text) : `${part.level} ${part.name}`,
  );
  return `${value.built ? '+' : ''}${value.items ? `[${value.items.map(describe).join(',')}]` : parts.join('+')}`;
}
