import { compiled } from '../../flows/data/compiled.ts';
import type { ProcedureModel } from '../../flows/data/fact-keys.ts';
import { findType } from '../../flows/program/program.ts';
import { closureOf, type Run, sourceOf } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import type { Noted } from './noted.ts';
import { describeMethod } from './typed-arguments.ts';

/** Methods that answer calls by what their class extends, or what their struct embeds or is called. */
export function listServices(run: Run, home: Home, models: readonly ProcedureModel[]): Noted[] {
  if (models.length === 0) return [];
  return home.module.functions.flatMap((form): Noted[] => {
    for (const model of models) {
      const [, of] = ownersOf(run, home, form, model) ?? [];
      const match = of === undefined ? null : new RegExp(`^(?:${model.methods})$`).exec(form.name);
      if (of === undefined || !match) continue;
      const said = describeMethod(run, closureOf(run, home, form), model, of, match[1] ?? form.name);
      return said ? [{ closure: closureOf(run, home, form), home, span: form.at, ...said }] : [];
    }
    return [];
  });
}

function ownersOf(
  run: Run,
  home: Home,
  { receiver, owner }: FunctionForm,
  model: ProcedureModel,
): RegExpExecArray | null {
  if (model.receiver !== undefined)
    return receiver === null ? null : compiled(`^(?:${model.receiver})$`).exec(receiver);
  const pattern = compiled(`^(?:${model.extends})$`);
  const type = receiver === null ? null : findType([home, ...run.program.beside(home)], receiver);
  const above =
    owner === null
      ? (type?.form.extends ?? []).flatMap((one) => (one.kind === 'named' ? one.name : []))
      : (home.module.classes[owner]?.bases ?? []).map(({ span }) => sourceOf(home, span, 200));
  for (const one of above) {
    const match = pattern.exec(one);
    if (match) return match;
  }
  return null;
}
