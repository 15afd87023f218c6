import type { SgNode } from '@ast-grep/napi';
import { inlineCode } from '../../findings/evidence.ts';
import type { Step } from '../../findings/finding.ts';
import type { Placed } from './definitions.ts';
import type { Evaluation, Frame } from './evaluation.ts';
import { findRegion } from './regions.ts';
import { matchOrigin } from './sources.ts';
import { capOfType } from './types.ts';
import { addStep, capLevel, elementOf, holeValue, levelOf, renameHoles, type Value, worstValue } from './value.ts';

const ITERATORS = new Set(['forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find']);
const MAX_CALLERS = 20;

/**
 * What a parameter may hold: what the call that is being evaluated gives, what the framework puts in, what this file's callers
 * give. What only other files give is `unknown` for a public function, `helper` for another.
 */
export function valueOfParameter(run: Evaluation, one: Placed, frame: Frame, step: Step): Value {
  const { name, type } = one;
  const cap = capOfType(run, type, one.at);
  // What a caller of this file gives is seen, whatever a type of another file promises.
  const limit = (value: Value): Value =>
    cap === null || (cap === 'foreign' && levelOf(value) === 'tainted') ? value : capLevel(value, cap);
  const bound = frame.bindings?.start === one.scopeStart ? frame.bindings.values.get(name) : undefined;
  if (bound) return limit(bound);
  if (cap === 'safe') return holeValue('safe', name);
  const origin = one.property !== null && matchOrigin(run, `req.${one.property}`, one.at);
  if (one.fromRequest || (origin && one.fromHandler)) {
    const tainted = holeValue('tainted', name, [step]);
    return cap === null ? tainted : capLevel(tainted, cap);
  }
  return limit(valueFromCallers(run, one, frame));
}

function valueFromCallers(run: Evaluation, one: Placed, frame: Frame): Value {
  const { name, scopeStart } = one;
  const index = run.index();
  const position = one.node.range().start.index;
  const fn = findRegion(index.functions, position, position)?.node;
  if (!fn || fn.range().start.index !== scopeStart) return holeValue('foreign', name);
  const facts = run.memo.factsOf(fn);
  const given =
    facts.name === null ? valueOfCallback(run, fn, name, frame) : argumentsOf(run, fn, facts.name, one, frame);
  const open = holeValue(facts.visible ? 'unknown' : 'helper', name);
  if (given === null) return facts.name === null ? holeValue('foreign', name) : open;
  return facts.visible && levelOf(given) !== 'tainted' ? open : renameHoles(given, name);
}

/** `ids.forEach((id) => …)`: an element of `ids`. */
function valueOfCallback(run: Evaluation, fn: SgNode, name: string, frame: Frame): Value | null {
  const call = fn.parent()?.parent();
  const read = call ? run.dialect.readCall(call) : null;
  if (!read?.receiver || !ITERATORS.has(read.name)) return null;
  const position = run.memo.parametersOf(fn).indexOf(name);
  if (position === 1) return holeValue('safe', name);
  return position === 0 ? elementOf(run.visit(read.receiver, frame), name) : null;
}

function argumentsOf(run: Evaluation, fn: SgNode, callee: string, one: Placed, frame: Frame): Value | null {
  const position = run.memo.parametersOf(fn).indexOf(one.name);
  const { start, end } = fn.range();
  if (!isCalledOutside(run.text, callee, start.index, end.index)) return null;
  const values: Value[] = [];
  for (const node of run.index().callsOf(callee).slice(0, MAX_CALLERS)) {
    const at = node.range().start.index;
    if ((at >= start.index && at < end.index) || !run.budget.spend(1)) continue;
    const call = run.dialect.readCall(node);
    const argument = call?.named.get(one.name) ?? call?.args[position];
    if (!argument) continue;
    const step = { line: node.range().start.line + 1, text: inlineCode(node.text()) };
    values.push(addStep(run.visit(argument, { ...frame, bindings: null }), step));
  }
  return values.length === 0 ? null : worstValue(values);
}

/** A cheap test of the text: most functions are called in other files only. */
function isCalledOutside(text: string, name: string, start: number, end: number): boolean {
  for (let at = text.indexOf(`${name}(`); at >= 0; at = text.indexOf(`${name}(`, at + 1)) {
    if (at < start || at >= end) return true;
  }
  return false;
}
