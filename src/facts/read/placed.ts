import type { Program } from '../../flows/program/program.ts';
import { lineAt } from '../../flows/sinks/line-at.ts';
import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import type { FactPlace } from '../facts.ts';

export function placed(home: Home, [start, end]: Span): FactPlace {
  return { path: home.path, startLine: lineAt(home, start), endLine: lineAt(home, Math.max(start, end - 1)) };
}

const homesOf = memo(
  ({ homes }: Program) => new Map(homes.flatMap((home) => home.module.functions.map((form) => [form, home] as const))),
);

/** Where functions stand; of a file's own code nothing. */
export function placesOfForms(program: Program, forms: readonly FunctionForm[]): FactPlace[] {
  return forms.flatMap((form) => {
    const home = form.id === 0 ? undefined : homesOf(program).get(form);
    return home ? [placed(home, form.span)] : [];
  });
}
