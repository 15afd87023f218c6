import type { Module } from '../../../languages/form.ts';
import type { CodeFile } from './code-file.ts';
import { type Known, valueOf } from './known.ts';
import type { Step } from './run-function.ts';

/** What the tool hands to `up`, by which the calls of its readers begin. */
export const HANDED = '$db';

/** What `up` calls, with its first parameter by one name. */
export function runUp({ source, runner }: CodeFile): Step[] {
  const up = source.module.functions.find(({ name, role }) => name === 'up' && role !== 'getter');
  if (!up) return [];
  const values = up.parameters.slice(0, 1).map(({ span }): Known => ({ kind: 'name', name: HANDED, span }));
  return runner.run(up, values);
}

/** Whether a field of the migration's class, or of what the file hands on as `config`, has this value: `transaction = false`. */
export function saysOf({ source: { module }, runner }: CodeFile, name: string, value: string | boolean): boolean {
  const ofClass = module.classes.some(({ fields }) =>
    fields.some((field) => field.name === name && field.value !== null && valueOf(runner.read(field.value)) === value),
  );
  return ofClass || saysExport(module, runner, name, value);
}

function saysExport(module: Module, runner: CodeFile['runner'], name: string, value: string | boolean): boolean {
  return (module.functions[0]?.body ?? []).some((one) => {
    if (one.kind !== 'set') return false;
    const isConfig = one.target.kind !== 'index' && one.target.name === 'config';
    const known = isConfig ? runner.read(one.value) : null;
    return known?.kind === 'map' && valueOf(known.entries.get(name)) === value;
  });
}
