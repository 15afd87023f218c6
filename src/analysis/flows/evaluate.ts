import type { SgNode } from '@ast-grep/napi';
import { inlineCode } from '../../findings/evidence.ts';
import { valueOfCall } from './calls.ts';
import { plainText } from './dialect.ts';
import { createMemo, type Evaluation, type Frame } from './evaluation.ts';
import { formatValue } from './format-value.ts';
import { valueOfIndex, valueOfMember, valueOfMemberIn } from './members.ts';
import { valueOfName } from './names.ts';
import { findOrigin } from './sources.ts';
import { capLevel, concatValues, holeValue, listValue, textValue, type Value, worstValue } from './value.ts';

const MAX_DEPTH = 150;
const START: Frame = { depth: 0, bindings: null, open: new Set() };

/** A parsed file as one flow sees it. */
export function createEvaluation(facts: Omit<Evaluation, 'visit' | 'visitMember' | 'memo'>): Evaluation {
  const run: Evaluation = {
    ...facts,
    memo: createMemo(facts.dialect),
    visit: (node, frame) => visit(run, node, frame),
    visitMember: (object, property, node, frame) => valueOfMemberIn(run, object, property, node, frame),
  };
  return run;
}

/** What an expression may hold, over constant < safe < foreign < unknown < tainted. Odd syntax is foreign; it never throws. */
export function evaluate(run: Evaluation, node: SgNode): Value {
  return run.visit(node, START);
}

function visit(run: Evaluation, node: SgNode, above: Frame): Value {
  if (above.depth > MAX_DEPTH) run.budget.clip();
  if (above.depth > MAX_DEPTH || !run.budget.spend(1)) return foreign(node);
  const frame = { ...above, depth: above.depth + 1 };
  const go = (next: SgNode): Value => run.visit(next, frame);
  const origin = findOrigin(run, node);
  if (origin) {
    const name = inlineCode(node.text());
    return holeValue(origin, name, [{ line: node.range().start.line + 1, text: name }]);
  }
  const expression = run.dialect.readExpression(node);
  switch (expression.kind) {
    case 'text':
      return textValue(expression.text);
    case 'harmless':
      return holeValue('safe', inlineCode(node.text()));
    case 'concat':
      return concatOf(run, expression.parts, node, go);
    case 'format':
      return formatValue(go(expression.template), expression, node, go);
    case 'wrapped':
      return go(expression.inner);
    case 'choice': {
      const guarded = expression.condition
        ? capIfGuarded(run, expression.condition, expression.whenTrue, go)
        : go(expression.whenTrue);
      return worstValue([guarded, go(expression.whenFalse)]);
    }
    case 'list':
      return listValue(expression.items.map(go));
    case 'repeat': {
      const item = go(expression.item);
      return item.items ? listValue([...item.items, ...item.items]) : item;
    }
    case 'each':
      return listValue([go(expression.item)]);
    case 'name':
      return valueOfName(run, node, expression.name, frame);
    case 'member':
      return valueOfMember(run, node, expression.object, expression.property, frame);
    case 'index':
      return valueOfIndex(run, node, expression.object, expression.index, frame);
    case 'call':
      return valueOfCall(run, node, expression.call, frame);
    case 'unknown':
      return foreign(node);
  }
}

function foreign(node: SgNode): Value {
  return holeValue('foreign', inlineCode(node.text()));
}

function concatOf(
  run: Evaluation,
  parts: readonly (string | SgNode)[],
  node: SgNode,
  go: (next: SgNode) => Value,
): Value {
  const flat = flatten(run, parts);
  const values = flat.map((part) =>
    typeof part === 'string' ? { value: textValue(part), place: null } : { value: go(part), place: part },
  );
  const [only] = values;
  if (values.length === 1 && only) return only.place === null ? only.value : { ...only.value, built: true };
  const merged = concatValues(values, node);
  return { ...merged, built: merged.built && merged.parts.some((part) => part.kind === 'hole') };
}

/** `a + b + c` nests to the left as deep as it is long. */
function flatten(run: Evaluation, parts: readonly (string | SgNode)[]): (string | SgNode)[] {
  const [first, ...rest] = parts;
  const tail = [...rest].reverse();
  let head = first;
  while (head !== undefined && typeof head !== 'string' && run.budget.spend(1)) {
    const inner = run.dialect.readExpression(head);
    if (inner.kind !== 'concat' || inner.parts.length !== 2) break;
    const [left, right] = inner.parts;
    if (right !== undefined) tail.push(right);
    head = left;
  }
  return head === undefined ? tail.reverse() : [head, ...tail.reverse()];
}

function capIfGuarded(run: Evaluation, condition: SgNode, value: SgNode, go: (next: SgNode) => Value): Value {
  const result = go(value);
  return run.dialect.readGuard(plainText(condition), plainText(value)) === 'allows' ? capLevel(result, 'safe') : result;
}
