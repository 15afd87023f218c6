import type { Expression } from '../../languages/form.ts';
import { replace } from '../run/assign.ts';
import type { Frame, Run } from '../run/run.ts';
import { listItems } from './list-items.ts';
import { constantKey } from './value-key.ts';
import { listValue } from './values.ts';

/**
 * `del orders[0]` of Python, `delete(orders, "a")` of Go: what stood there is gone, as far as the key and all of what is there are known.
 * In a loop nobody knows how often it happens.
 */
export function removeKey(run: Run, frame: Frame, one: Expression): void {
  if (frame.inLoop) return;
  for (const { of, by } of removedBy(frame, one)) {
    if (of.kind !== 'name' || !frame.env.names.has(of.name)) continue;
    const from = run.evaluate({ ...frame, made: [] }, of);
    const key = constantKey(run.evaluate({ ...frame, made: [] }, by));
    if (key === null || !from.entries?.has(key) || from.entries.has('*')) continue;
    const items = frame.closure.home.module.language === 'python' ? listItems(from) : null;
    const others = [...from.entries].filter(([name]) => name !== key);
    const rest = items ? listValue(items.filter((_, at) => String(at) !== key)).entries : new Map(others);
    replace(run, frame, of, { ...from, entries: rest });
  }
}

function removedBy({ closure: { home } }: Frame, one: Expression): { of: Expression; by: Expression }[] {
  const { language } = home.module;
  if (language === 'python' && one.kind === 'other' && /^del\b/.test(home.text.slice(one.span[0], one.span[0] + 4)))
    return one.parts.flatMap((part) => (part.kind === 'index' ? [part] : []));
  const [of, by] = one.kind === 'call' ? one.arguments : [];
  const isDelete = language === 'go' && one.kind === 'call' && one.of.kind === 'name' && one.of.name === 'delete';
  return isDelete && of && by ? [{ of: of.value, by: by.value }] : [];
}
