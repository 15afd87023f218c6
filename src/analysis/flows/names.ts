import type { SgNode } from '@ast-grep/napi';
import { inlineCode } from '../../findings/evidence.ts';
import { isFunction } from '../languages.ts';
import { findDefinitions, type Placed } from './definitions.ts';
import { plainText } from './dialect.ts';
import { bindingsAt, type Evaluation, type Frame } from './evaluation.ts';
import { isGuarded } from './guards.ts';
import { valueOfParameter } from './parameters.ts';
import { findRegion } from './regions.ts';
import { matchOrigin } from './sources.ts';
import {
  addStep,
  concatValues,
  EMPTY,
  elementOf,
  holeValue,
  listValue,
  renameHoles,
  type Value,
  worstValue,
} from './value.ts';

/** Ways through an `if` or a `switch` that are compared: each is asked of the syntax tree. */
const MOST_WAYS = 50;

/** What a name may hold where it is used: the definitions before it, in order, and what changed it since. */
export function valueOfName(run: Evaluation, node: SgNode, name: string, frame: Frame): Value {
  const { start, end } = node.range();
  const index = run.index();
  const all = index.definitionsOf(name, start.index);
  if (!run.budget.spend(all.length >> 2)) return holeValue('foreign', name);
  const fn = findRegion(index.functions, start.index, end.index);
  const found = findDefinitions(all, start.index, fn?.start ?? -1).filter((one) => one.kind !== 'type');
  const [first] = found;
  if (!first) return holeValue('foreign', name);
  const since = first.kind === 'parameter' ? first.scopeStart : first.at;
  if (isGuarded(run.dialect, index.guardsOf(name, start.index), name, start.index, since))
    return holeValue('safe', name);
  return foldDefinitions(run, name, found, start.index, frame);
}

/** Nothing before the last certain assignment counts any more. */
export function foldDefinitions(
  run: Evaluation,
  name: string,
  all: readonly Placed[],
  position: number,
  frame: Frame,
): Value {
  const found = all.filter((one) => !frame.open.has(one));
  for (const one of all) if (frame.open.has(one)) run.memo.cut(one);
  const isCertain = (one: Placed): boolean => one.branchStart <= position && position <= one.branchEnd;
  const from = Math.max(
    0,
    found.findLastIndex((one) => one.kind !== 'append' && isCertain(one)),
    findInAllArms(found, position),
  );
  let value: Value | null = null;
  for (const one of found.slice(from)) {
    const here = valueOfDefinition(run, one, frame);
    if (one.kind === 'append' && value) value = appendValue(value, here, one.node);
    else value = value && !isCertain(one) ? worstValue([value, here]) : here;
  }
  return value ?? holeValue('foreign', name);
}

/** The first of the definitions of which one has certainly happened: each way through an `if` or a `switch` has one; or -1. */
function findInAllArms(found: readonly Placed[], position: number): number {
  const own = found.filter((one) => one.kind === 'assign' && position > one.branchEnd);
  if (own.length < 2 || own.length > MOST_WAYS) return -1;
  const groups = Map.groupBy(own, (one) => one.arms()?.start ?? -1);
  const starts = [...groups].flatMap(([start, group]) => {
    const arms = group[0]?.arms();
    const ways = new Set(group.map((one) => one.branchStart)).size;
    return start >= 0 && arms && ways === arms.count && position > arms.end && group[0]
      ? [found.indexOf(group[0])]
      : [];
  });
  return Math.max(-1, ...starts);
}

function appendValue(value: Value, added: Value, at: SgNode): Value {
  if (value.items) return listValue([...value.items, ...(added.items ?? [added])]);
  const merged = concatValues(
    [
      { value, place: null },
      { value: added, place: at },
    ],
    at,
  );
  return { ...merged, built: merged.parts.some((part) => part.kind === 'hole') };
}

function valueOfDefinition(run: Evaluation, one: Placed, frame: Frame): Value {
  const bindings = bindingsAt(frame.bindings, one.node.range().start.index);
  return run.memo.get(one, bindings, () =>
    readDefinition(run, one, { ...frame, bindings, open: new Set([...frame.open, one]) }),
  );
}

function readDefinition(run: Evaluation, one: Placed, frame: Frame): Value {
  const { kind, name, property } = one;
  const position = one.node.range().start.index;
  const step = { line: one.line, text: inlineCode(one.node.text().slice(0, 200).split('\n')[0] ?? '') };
  if (one.typed === 'safe') return holeValue('safe', name);
  if (kind === 'parameter') return valueOfParameter(run, one, frame, step);
  if (kind === 'import' || kind === 'type') return holeValue('foreign', name);
  if (!one.value) return EMPTY;
  if (isFunction(one.value)) return holeValue('foreign', name);
  if (property !== null) {
    const origin = one.value.text().length < 200 && matchOrigin(run, `${plainText(one.value)}.${property}`, position);
    if (origin) return holeValue(origin, name, [step]);
    return addStep(renameHoles(run.visitMember(one.value, property, one.value, frame), name), step);
  }
  const value = run.visit(one.value, frame);
  if (kind === 'element') return addStep(elementOf(value, name), step);
  return addStep(value.built ? value : renameHoles(value, name), step);
}
