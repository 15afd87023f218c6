import type { CallModel } from '../data/models.ts';
import { constantText, UNKNOWN } from '../values/values.ts';
import { callFunction } from './call-function.ts';
import type { Evaluated, Frame, Run } from './run.ts';

/** Emitters whose events leave the program. */
const OUTSIDE = /^(?:socket\.io|ws|mqtt|net)\b/;
const MOST = 200;

/** `bus.on('job', run)` and `bus.emit('job', input)`: an emitter of the program gives its listeners what it is given. */
export function hearOrTell(run: Run, frame: Frame, one: Evaluated, model: CallModel | null): void {
  const { receiver, method, args } = one;
  const [event = UNKNOWN, ...rest] = args.list;
  const name = constantText(event);
  if (!receiver || !name || model?.handlers.length || OUTSIDE.test(receiver.name ?? '')) return;
  const key = `${receiver.of?.class.key ?? receiver.name ?? ''} ${name}`;
  if (/^(?:on|once|addListener|prependListener)$/.test(method)) {
    const known = run.listeners.get(key) ?? [];
    if (run.listeners.size < MOST)
      run.listeners.set(key, [...known, ...rest.flatMap(({ functions }) => functions)].slice(0, 6));
  }
  if (method !== 'emit') return;
  for (const fn of run.listeners.get(key) ?? [])
    callFunction(run, frame, fn, { list: rest, named: new Map(), self: null }, one.call.span);
}
