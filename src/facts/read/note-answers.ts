import type { At } from '../../flows/data/fact-keys.ts';
import { atTop } from '../../flows/program/class-bases.ts';
import { summarise } from '../../flows/run/call-function.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import { type Run, symbolOf } from '../../flows/run/run.ts';
import type { Closure, Home, Value } from '../../flows/values/value.ts';
import { containerValue } from '../../flows/values/values.ts';
import type { Expression, FunctionForm, Span, Type } from '../../languages/form.ts';
import { listDeclared, listFields, type SentFields } from './list-fields.ts';
import { find, type Look, siteOf } from './look.ts';
import { statusOf } from './note-routes.ts';

export interface PlacedAnswer extends SentFields {
  status: number | null;
  function: string;
  form: FunctionForm;
  home: Home;
  span: Span;
}

export interface PlacedStatus {
  status: number;
  function: string;
  form: FunctionForm;
  home: Home;
  span: Span;
}

/** What handlers send back as JSON, and the statuses that they name. */
export interface Answers {
  note(look: Look): void;
  list(): readonly PlacedAnswer[];
  statuses(): readonly PlacedStatus[];
}

export function createAnswers(): Answers {
  const known = new Map<string, PlacedAnswer>();
  const statuses = new Map<string, PlacedStatus>();
  return {
    note(look) {
      const { run, frame, one } = look;
      const model = find(look, look.models.answer)?.model;
      if (!model) return;
      const body = model.body === undefined ? null : bodyOf(look, model.body);
      const [said] = model.status === undefined ? [] : pickAt(one, model.status);
      const status = said ? (statusOf(said.value) ?? 0) : null;
      const named = status ?? model.code ?? null;
      if (named)
        statuses.set(`${siteOf(look)} ${named}`, {
          status: named,
          function: symbolOf(frame),
          form: frame.closure.form,
          home: frame.closure.home,
          span: one.call.span,
        });
      if (!body) return;
      const before = known.get(siteOf(look));
      const { fields, open } = listFields(run, body);
      for (const name of before?.fields ?? []) fields.add(name);
      for (const name of before?.open ?? []) open.add(name);
      known.set(siteOf(look), {
        status: (status || before?.status) ?? status ?? statusBefore(look, one.call.of),
        fields,
        open,
        function: symbolOf(frame),
        form: frame.closure.form,
        home: frame.closure.home,
        span: one.call.span,
      });
    },
    list: () => [...known.values()],
    statuses: () => [...statuses.values()],
  };
}

/** `0|named`: the keyword arguments where there is no first one. */
function bodyOf({ one }: Look, at: At): Value | null {
  const [picked] = pickAt(one, at);
  if (picked) return picked.value;
  const isNamed = String(at).endsWith('|named') && one.args.list.length === 0 && one.args.named.size > 0;
  return isNamed ? containerValue(one.args.named) : null;
}

/** `res.status(404).json(…)` */
function statusBefore({ run, frame }: Look, of: Expression): number | null {
  const on = of.kind === 'field' ? of.of : null;
  if (on?.kind !== 'call' || on.of.kind !== 'field') return null;
  const [first] = on.arguments;
  if (/^(?:status|code|Status)$/.test(on.of.name) && first && first.value.kind !== 'call')
    return statusOf(run.evaluate(frame, first.value));
  return statusBefore({ run, frame } as Look, on.of);
}

/** What a handler gives back is sent. */
export function answerOf(run: Run, closure: Closure): PlacedAnswer | null {
  const { home, form } = closure;
  const summary = summarise(run, closure, atTop(run, home));
  return (
    summary && {
      // What a declaration says of it is more than an unknown value.
      ...(isTyped(form) ? listDeclared(run, home, form.returns) : listFields(run, summary.returns)),
      status: null,
      function: symbolOf({ closure }),
      form,
      home,
      span: [form.at[0], form.span[1]],
    }
  );
}

function isTyped(form: FunctionForm): form is FunctionForm & { returns: Type } {
  return form.returns !== null && form.returns.kind !== 'plain' && form.returns.kind !== 'text';
}
