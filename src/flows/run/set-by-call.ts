import { constantText, UNKNOWN } from '../values/values.ts';
import { assign } from './assign.ts';
import type { Evaluated, Frame, Run } from './run.ts';

const HOW = { append: false, declares: false, made: null };

/** `setattr(order, 'note', note)` is `order.note = note`, `order.__setitem__('note', note)` is `order['note'] = note`. */
export function setByCall(run: Run, frame: Frame, { name, method, call, args }: Evaluated): void {
  const { span } = call;
  const [first] = call.arguments;
  const [, field = UNKNOWN, value] = args.list;
  if (name === 'setattr' && first && value && constantText(field))
    assign(run, frame, { kind: 'field', of: first.value, name: constantText(field) ?? '', span }, value, HOW);
  if (method === '__setitem__' && first && call.of.kind === 'field' && args.list[1])
    assign(run, frame, { kind: 'index', of: call.of.of, by: first.value, span }, args.list[1], HOW);
}
