import type { Span, Target } from '../../languages/form.ts';
import { compiled } from '../data/compiled.ts';
import type { Models } from '../data/models.ts';
import { refusesPrototype } from '../guards/refuses-prototype.ts';
import { type Frame, modelsOf, type Run, sourceOf } from '../run/run.ts';
import { saysAround } from '../uses/around-place.ts';
import type { Value } from '../values/value.ts';
import { skeletonOf } from '../values/value-key.ts';
import { flatValue } from '../values/values.ts';
import { report } from './sinks.ts';

/** `element.innerHTML = x`, `response.headers['x'] = y`. */
export function reportAssigned(
  run: Run,
  frame: Frame,
  target: Exclude<Target, { kind: 'name' }>,
  of: Value,
  key: string | null,
  value: Value,
  by: Value | null,
): void {
  const models = modelsOf(run, frame.closure.home);
  if (of.name === null) return;
  const named = by && key === null ? models.assigned(`${of.name}.#key`) : null;
  if (named && by) reportSet(run, frame, target, by, named);
  const byKey = key === null ? null : models.assigned(`${of.name}.${key}`);
  const model = byKey ?? (target.kind === 'index' || key === null ? models.assigned(`${of.name}.*`) : null);
  if (model) reportSet(run, frame, target, value, model);
}

function reportSet(
  run: Run,
  frame: Frame,
  target: Exclude<Target, { kind: 'name' }>,
  value: Value,
  model: NonNullable<ReturnType<Models['assigned']>>,
): void {
  if (model.ifAround !== undefined && !saysAround(frame.closure.home, target.span, model.ifAround)) return;
  if (model.unlessAround !== undefined && saysAround(frame.closure.home, target.span, model.unlessAround)) return;
  if (model.looks !== undefined && !compiled(model.looks, 'i').test(skeletonOf(flatValue(value)))) return;
  report(run, frame, value, {
    kind: model.kind,
    sink: sourceOf(frame.closure.home, target.span, 60),
    fix: model.fix ?? null,
    ...(model.as !== undefined && { as: model.as }),
    fragment: false,
    call: target.span,
    argument: target.span,
  });
}

/** An item of an item is set, both by names that others decide: the first one is given, which a text can be, or a key of what is merged. */
export function reportPolluted(
  run: Run,
  frame: Frame,
  target: Extract<Target, { kind: 'index' }>,
  key: Value,
  kind: 'merge' | 'property',
): void {
  const { home } = frame.closure;
  if (home.module.language !== 'typescript' || key.constant !== undefined) return;
  const by = target.of.kind === 'index' ? target.of.by : target.by;
  if (refusesPrototype(home, target.span, sourceOf(home, by.span))) return;
  report(run, frame, key, {
    kind,
    sink: sourceOf(home, target.span, 60),
    fix: null,
    fragment: false,
    call: target.span,
    argument: target.of.span,
  });
}

/** `&exec.Cmd{Path: x}`: what a value of a library is made with. */
export function reportMade(run: Run, frame: Frame, made: Value, spans: ReadonlyMap<string, Span>, span: Span): void {
  const models = modelsOf(run, frame.closure.home);
  for (const [key, value] of made.entries ?? []) {
    const model = models.assigned(`${made.name}().${key}`);
    if (!model || (model.ifAround !== undefined && !saysAround(frame.closure.home, span, model.ifAround))) continue;
    report(run, frame, value, {
      kind: model.kind,
      sink: sourceOf(frame.closure.home, span, 60),
      fix: model.fix ?? null,
      fragment: false,
      call: spans.get(key) ?? span,
      argument: spans.get(key) ?? span,
    });
  }
}
