import type { Module, Statement } from '../languages/form.ts';
import { memo } from '../languages/memo.ts';
import { rootName } from '../languages/root-name.ts';
import { blocksOf } from '../languages/visit-expressions.ts';
import type { Evaluated, Frame } from './run.ts';

/** What is called so finds a route or an entry by a text; its `match` takes no pattern. */
const LOOKS_UP = /(?:registry|matcher|router|routes|service|client|store|cache|manager|engine|provider|catalog)$/i;

/** `try { new RegExp(x); } catch { … }`: whether it is a pattern at all; nothing is ever looked for with it. Or what has this method is no text. */
export function isHarmlessPattern({ closure: { home } }: Frame, { call, method, receiver }: Evaluated): boolean {
  if (/^(?:RegExp|compile)$/.test(method)) return dropped(home.module).has(call.span.join());
  if (method !== 'match' || home.module.language !== 'typescript' || call.of.kind !== 'field') return false;
  const { of } = call.of;
  const name = of.kind === 'field' ? of.name : (rootName(of) ?? '');
  return receiver?.of?.instance === true || LOOKS_UP.test(name);
}

/** Calls whose result nobody takes. */
const dropped = memo((module: Module): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'do') found.add(one.value.span.join());
      visit(blocksOf(one));
    }
  };
  for (const { body } of module.functions) visit(body);
  return found;
});
