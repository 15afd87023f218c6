import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { FunctionForm, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, visitBody } from '../../languages/visit-expressions.ts';
import type { Doings } from '../read/doings.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** It keeps what it has asked for, or fetches by the hundred. */
const KEEPS = /cache|memo|\blru|\bseen\b.*\bload|loader|chunk|batch/i;

/** A function that calls itself for each of what it has read asks once for each node of a tree. */
export function findRecursiveQueries(homes: readonly Home[], doings: Doings): FoundSlip[] {
  return homes.flatMap((home) =>
    selvesIn(home).flatMap(({ form, name, again }) => {
      const text = textOf(home, form.span);
      if (KEEPS.test(text)) return [];
      const done = doings.within({ home, form, span: form.span });
      if (done.some(({ does }) => does !== 'read')) return [];
      const given = new Set(form.parameters.map((one) => one.name).filter((one) => one.length > 1));
      const read = done.find(
        ({ at, by, through }) =>
          (by?.length ?? 0) > 0 &&
          through.length <= 1 &&
          (behind(home, form, at).match(/[\w$]+/g) ?? []).some((word) => given.has(word)),
      );
      if (!read) return [];
      return [
        {
          kind: 'query-in-recursion' as const,
          home,
          form,
          span: read.at,
          names: { CALL: read.call, NAME: name, LINE: again },
        },
      ];
    }),
  );
}

/** The call with what follows in its chain: to the end of its statement. */
function behind(home: Home, form: FunctionForm, [start]: Span): string {
  return (
    home.text
      .slice(start, Math.min(form.span[1], start + FARTHEST))
      .split(/;\s*\n|\n\s*\n|\n\s*(?:for|if|return)\b/)[0] ?? ''
  );
}

const FARTHEST = 500;

interface Self {
  form: FunctionForm;
  name: string;
  again: Span;
}

/** Functions that call themselves in a loop, or for each item of a list. */
const selvesIn = memo((home: Home): readonly Self[] => {
  const names = new Map<FunctionForm, string>();
  for (const form of home.module.functions) {
    if (form.id !== 0 && form.name !== '') names.set(form, form.name);
    visitSets(form.body, (name, id) => {
      const inner = home.module.functions[id];
      if (inner && !names.has(inner)) names.set(inner, name);
    });
  }
  return [...names].flatMap(([form, name]) => {
    const again = againIn(home, form, name);
    return again ? [{ form, name, again }] : [];
  });
});

function visitSets(body: readonly Statement[], visit: (name: string, id: number) => void): void {
  for (const one of body) {
    if (one.kind === 'set' && one.target.kind === 'name' && one.value.kind === 'function')
      visit(one.target.name, one.value.id);
    visitSets(blocksOf(one), visit);
  }
}

function againIn(home: Home, form: FunctionForm, name: string): Span | null {
  let again: Span | null = null;
  const isSelf = (of: Parameters<typeof calledName>[0]): boolean =>
    calledName(of) === name &&
    (form.owner === null && form.receiver === null
      ? of.kind === 'name'
      : of.kind === 'field' && of.of.kind === 'name' && /^(?:this|self|cls)$|^\w$/.test(of.of.name));
  const look = (body: readonly Statement[]): void =>
    visitBody(body, (one) => {
      if (one.kind === 'call' && isSelf(one.of)) again ??= one.span;
    });
  const visit = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'loop') look(one.body);
      visit(blocksOf(one));
    }
  };
  visit(form.body);
  if (again) return again;
  // `Promise.all(children.map((child) => walk(child.id)))`
  visitBody(form.body, (one) => {
    if (one.kind === 'each') {
      const { result } = one;
      const call = result.kind === 'await' ? result.of : result;
      if (call.kind === 'call' && isSelf(call.of)) again ??= call.span;
    }
    if (one.kind !== 'call' || !/^(?:map|flatMap|forEach)$/.test(calledName(one.of))) return;
    const given = one.arguments[0]?.value;
    const inner = given?.kind === 'function' ? home.module.functions[given.id] : undefined;
    if (inner && holds(form.span, inner.span)) look(inner.body);
  });
  return again;
}
