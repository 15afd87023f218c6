import { firstThat } from '../text/first-that.ts';
import { functionAt, indexAround, listAround } from './enclosing.ts';
import type { Expression, Module, Span, Statement } from './form.ts';
import { holds } from './holds.ts';
import { memo } from './memo.ts';

/** Statements that nothing behind them runs after. */
const LEAVES: ReadonlySet<string> = new Set(['return', 'throw', 'leave']);

/**
 * Where the conditions stand under which a place runs: of the `if`s, cases, choices and `&&` around it, and of the `if`s before it
 * that leave the block (`if (!skipVerify) return`), in the functions around it as well. Which way they turn is not asked: who tests
 * a switch by name knows of it.
 */
export function listConditions(module: Module, span: Span): Span[] {
  const found: Span[] = [];
  let at = functionAt(module, span);
  let inner = span;
  while (at) {
    let list: readonly Statement[] = at.body;
    addLeaving(list, inner, found);
    for (const one of listAround(at, inner)) {
      found.push(...conditionsOf(one as Statement | Expression, inner));
      for (const part of Object.values(one)) {
        if (!Array.isArray(part)) continue;
        list = part;
        addLeaving(list, inner, found);
      }
    }
    inner = at.span;
    at = at.parent === null ? null : (module.functions[at.parent] ?? null);
  }
  return found;
}

function conditionsOf(one: Statement | Expression, inner: Span): readonly Span[] {
  if (one.kind === 'if' || one.kind === 'choice')
    return one.test && !holds(one.test.span, inner) ? [one.test.span] : [];
  if (one.kind === 'switch') {
    const around = one.cases.find(({ body }) => body.some(({ span }) => holds(span, inner)));
    return [...(one.on ? [one.on] : []), ...(around?.tests ?? [])].map(({ span }) => span);
  }
  if (one.kind === 'binary' && /^(?:&&|\|\|)$/.test(one.operator))
    return holds(one.left.span, inner) ? [] : [one.left.span];
  return [];
}

/** In one block, those nearest to a place: people write no more, and each place would list them all. */
const MOST_LEAVING = 100;

function addLeaving(list: readonly Statement[], inner: Span, found: Span[]): void {
  const index = indexAround(list, inner);
  const leaving = listLeaving(list);
  const count = firstThat(leaving, ({ index: at }) => at >= index);
  if (index >= 0) for (const { test } of leaving.slice(Math.max(0, count - MOST_LEAVING), count)) found.push(test);
}

/** The `if`s of a block that leave it. */
const listLeaving = memo((list: readonly Statement[]) =>
  list.flatMap((one, index) =>
    one?.kind === 'if' && LEAVES.has(one.yes.at(-1)?.kind ?? '') ? [{ index, test: one.test.span }] : [],
  ),
);
