import type { Placed } from './definitions.ts';
import type { TypeMeaning } from './dialect.ts';
import type { Evaluation } from './evaluation.ts';
import type { Level } from './value.ts';

/** The most that a value of a declared type can be: `safe` for a number, `foreign` for a type of another file; null: any text. */
export function capOfType(run: Evaluation, type: string | null, position: number): Level | null {
  if (type === null) return null;
  const [, holder, field] = /^(.+)\['([\w$]+)'\]$/.exec(type) ?? [];
  if (holder !== undefined && field !== undefined) {
    const found = capOfField(run, holder, field, position);
    return found ? found.cap : 'foreign';
  }
  const meaning = explain(run, type, position);
  if (meaning === 'safe') return 'safe';
  return meaning === 'text' ? null : 'foreign';
}

/** The same for a field of a value: `null` where the declaration is not in this file. */
export function capOfField(
  run: Evaluation,
  type: string | null,
  field: string,
  position: number,
): { cap: Level | null } | null {
  if (type === null) return null;
  const declared = findType(run, type, position);
  const found = declared?.value ? run.dialect.readField(declared.value, field) : null;
  return found === null ? null : { cap: capOfType(run, found, position) };
}

function explain(run: Evaluation, type: string, position: number): TypeMeaning {
  const meaning = run.dialect.readType(type);
  if (meaning !== null) return meaning;
  const declared = findType(run, type, position);
  return declared?.value ? run.dialect.readTypeDeclaration(declared.value) : null;
}

function findType(run: Evaluation, type: string, position: number): Placed | undefined {
  const name = /([A-Za-z_$][\w$]*)\]?$/.exec(type.replace(/(\|None|\|undefined|\|null|\[\])+$/, ''))?.[1];
  if (name === undefined || !run.budget.spend(1)) return undefined;
  return run
    .index()
    .definitionsOf(name, position)
    .find((one) => one.kind === 'type');
}
