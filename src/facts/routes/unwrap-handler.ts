import { sourceOf } from '../../flows/run/run.ts';
import type { Value } from '../../flows/values/value.ts';
import type { Expression, Type } from '../../languages/form.ts';
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
  const { home } = frame.closure;
  const parts = written.arguments.map(({ value }) => ({ ...unwrap(look, value), written: value }));
  const callee = run.evaluate(frame, written.of);
  const own: Before = { name: shortCall(sourceOf(home, written.of.span, 200)), value: callee };
  const functions = parts.filter(({ inner }) => inner !== null);
  // `Use(show, RequireKey)`, `chain(RequireKey, show)`: the handler is the one that answers by itself.
  const handler = functions.find(({ inner }) => home.module.language !== 'go' || !wraps(inner)) ?? functions[0];
  const beside = functions.filter((one) => one !== handler && home.module.language === 'go' && wraps(one.inner));
  return {
    around: [
      own,
      ...parts.flatMap(({ around }) => around),
      ...beside.map(({ inner, written: { span } }) => ({ name: shortCall(sourceOf(home, span, 200)), value: inner })),
    ].slice(0, MOST_AROUND),
    inner: handler?.inner ?? null,
  };
}

/** Of Go: it is given a handler, and gives one back. */
function wraps(value: Value | null): boolean {
  const forms = value?.functions.map(({ form }) => form) ?? [];
  return forms.length > 0 && forms.every(({ parameters }) => parameters.some(({ type }) => isHandler(type)));
}

function isHandler(type: Type | null): boolean {
  return type?.kind === 'named' && /^(?:\w+\.)?Handler(?:Func)?$/.test(type.name);
}

/** `recover(…)` where what it is given is long. */
export function shortCall(text: string): string {
  const open = text.indexOf('(');
  return text.length > 40 && open > 0 && text.endsWith(')') ? `${clip(text.slice(0, open))}(…)` : clip(text);
}
