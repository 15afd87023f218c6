import { sourceOfRegexp } from '../guards/pattern.ts';
import type { Evaluated, Frame, Run } from '../run/run.ts';
import { sourceOf } from '../run/run.ts';
import type { Value } from '../values/value.ts';
import { constantText, taintsOf } from '../values/values.ts';
import { report } from './sinks.ts';
import { isSlowPattern } from './slow-pattern.ts';

const OF_PATTERNS = /^(?:test|exec|match|fullmatch|search|findall|finditer|split)$/;
const OF_TEXTS = /^(?:match|matchAll|search|replace|replaceAll|split)$/;
const OF_MODULE = /^re\.(?:match|fullmatch|search|findall|finditer|split)$/;

/** A text that others decide is searched for a pattern of the program that takes exponentially long on some texts. */
export function reportSlowPattern(run: Run, frame: Frame, one: Evaluated): void {
  const { home, form } = frame.closure;
  // RE2 takes time that grows as the text does.
  if (home.module.language === 'go' || one.call.of.kind !== 'field') return;
  const found = findSearched(frame, one);
  if (!found || taintsOf(found.value).length === 0 || !isSlowPattern(found.source)) return;
  // A text of a hundred characters may be long enough, yet whoever asks for the length has thought of it.
  if (form.id !== 0 && /(?:\.length|\blen\(\w+\))\s*[<>]/.test(home.text.slice(...form.span))) return;
  report(run, frame, found.value, {
    kind: 'slow',
    sink: sourceOf(home, one.call.of.span, 60),
    fix: null,
    fragment: false,
    call: one.call.span,
    argument: one.call.span,
  });
}

function findSearched(
  frame: Frame,
  { call, receiver, method, name, args }: Evaluated,
): { source: string; value: Value } | null {
  const [first, second] = args.list;
  if (name !== null && OF_MODULE.test(name)) {
    const source = first ? constantText(first) : null;
    return source !== null && second ? { source, value: second } : null;
  }
  if (call.of.kind !== 'field') return null;
  const own = OF_PATTERNS.test(method) ? sourceOfRegexp(frame, call.of.of, receiver) : null;
  if (own !== null) return first ? { source: own, value: first } : null;
  const [pattern] = call.arguments;
  const source = OF_TEXTS.test(method) && pattern ? sourceOfRegexp(frame, pattern.value, first ?? null) : null;
  return source !== null && receiver ? { source, value: receiver } : null;
}
