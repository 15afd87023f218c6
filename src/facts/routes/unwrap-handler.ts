import { sourceOf } from '../../flows/run/run.ts';
import type { Value } from '../../flows/values/value.ts';
import type { Expression } from '../../languages/form.ts';
import type { Look } from '../read/look.ts';
import { clip } from '../read/read-argument.ts';
import type { Before } from './router-graph.ts';

interface Unwrapped {
  around: readonly Before[];
  inner: Value | null;
}

const MOST_AROUND = 6;

/**
 * `guarded(audited(show), requireAdmin())`: what the handler is given to may turn callers away, and so may what is given beside it.
 * `inner`: the handler itself, if it is known.
 */
export function unwrapHandler(look: Pick<Look, 'run' | 'frame'>, written: Expression | null): Unwrapped {
  return written?.kind === 'call' ? unwrap(look, written) : { around: [], inner: null };
}

function unwrap(look: Pick<Look, 'run' | 'frame'>, written: Expression): Unwrapped {
  const { run, frame } = look;
  if (written.kind !== 'call') {
    const value = run.evaluate(frame, written);
    return { around: [], inner: value.functions.length > 0 ? value : null };
  }
  const parts = written.arguments.map(({ value }) => unwrap(look, value));
  const callee = run.evaluate(frame, written.of);
  const own: Before = { name: shortCall(sourceOf(frame.closure.home, written.of.span, 200)), value: callee };
  return {
    around: [own, ...parts.flatMap(({ around }) => around)].slice(0, MOST_AROUND),
    inner: parts.find(({ inner }) => inner !== null)?.inner ?? null,
  };
}

/** `recover(…)` where what it is given is long. */
export function shortCall(text: string): string {
  const open = text.indexOf('(');
  return text.length > 40 && open > 0 && text.endsWith(')') ? `${clip(text.slice(0, open))}(…)` : clip(text);
}
