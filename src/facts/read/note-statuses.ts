import { receiverOffset } from '../../flows/run/ask-again.ts';
import { pickAt } from '../../flows/run/pick-arguments.ts';
import type { Evaluated, Frame, Run } from '../../flows/run/run.ts';
import type { Closure, Value } from '../../flows/values/value.ts';
import type { Expression, FunctionForm } from '../../languages/form.ts';
import type { FunctionNotes } from './function-notes.ts';
import { find, type Look } from './look.ts';
import { statusOf } from './note-routes.ts';

/** With which statuses functions answer. */
export interface Statuses {
  note(look: Look): void;
  /** A function of the program has been called. */
  handed(run: Run, frame: Frame, one: Evaluated, functions: readonly Closure[]): void;
}

/**
 * A status that a function is given (`writeError(w, status, text)`) is its caller's. Else each handler that calls the function
 * would seem to answer with what any of them gives it, and to refuse where another one does.
 */
export function createStatuses(notes: FunctionNotes): Statuses {
  const given = new Map<FunctionForm, Set<number>>();
  const noteValue = ({ closure: { form } }: Frame, value: Value | undefined, written: Expression | undefined): void => {
    const own = written?.kind === 'name' ? form.parameters.findIndex(({ name }) => name === written.name) : -1;
    if (own >= 0) given.set(form, (given.get(form) ?? new Set<number>()).add(own));
    const code = own >= 0 ? null : statusOf(value);
    if (code) notes.status(form, code);
  };
  return {
    note(look) {
      const { one, frame } = look;
      const answer = find(look, look.models.answer)?.model;
      if (!answer) return;
      if (answer.code) notes.status(frame.closure.form, answer.code);
      const [said] = answer.code ? [] : pickAt(one, answer.status ?? 0);
      if (said) noteValue(frame, said.value, one.call.arguments.find(({ value }) => value.span === said.span)?.value);
    },
    handed(run, frame, { call, args }, functions) {
      for (const closure of functions)
        for (const index of given.get(closure.form) ?? []) {
          const parameter = closure.form.parameters[index];
          const at = index - receiverOffset(closure);
          const positional = call.arguments.filter(({ name }) => name === null)[at];
          const written = call.arguments.find(({ name }) => name === parameter?.name) ?? positional;
          const value = args.named.get(parameter?.name ?? '') ?? args.list[at];
          if (value) noteValue(frame, value, written?.value);
          else if (parameter?.byDefault) noteValue(frame, run.evaluate(frame, parameter.byDefault), undefined);
        }
    },
  };
}
