import type { Type } from '../../languages/form.ts';
import type { Closure } from '../values/value.ts';

/** Whether a function of Go says by its last result that it may fail. */
export function mayReturnError({ form: { returns }, home }: Closure): boolean {
  return home.module.language === 'go' && returns !== null && isError(lastOf(returns));
}

function lastOf(type: Type): Type | undefined {
  if (type.kind !== 'record') return type;
  const places = Object.keys(type.fields).map(Number);
  return type.fields[Math.max(...places)];
}

function isError(type: Type | undefined): boolean {
  return type?.kind === 'named' && type.name === 'error';
}
