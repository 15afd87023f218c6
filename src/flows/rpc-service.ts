import type { FunctionForm, Type } from '../languages/form.ts';
import { compiled } from './compiled.ts';
import type { Models } from './models.ts';
import type { Home } from './value.ts';

/** The model of a method that answers messages of a generated interface (gRPC), by the types that it declares. */
export function serviceOf(
  home: Home,
  { receiver, parameters, returns }: FunctionForm,
  services: Models['services'],
): Models['services'][number] | null {
  if (receiver === null || returns?.kind !== 'record' || services.length === 0) return null;
  const [, ...given] = parameters.map(({ type }) => writtenName(home, type));
  const result = writtenName(home, returns.fields['0'] ?? null);
  return (
    services.find(
      (one) =>
        given.length === one.parameters.length &&
        one.parameters.every((pattern, index) => matches(pattern, given[index] ?? null)) &&
        matches(one.result, result),
    ) ?? null
  );
}

function matches(pattern: string, name: string | null): boolean {
  return name !== null && compiled(`^(?:${pattern})$`).test(name);
}

/** `userpb example.com/gen/user/v1.FindRequest` */
function writtenName({ module }: Home, type: Type | null): string | null {
  if (type?.kind !== 'named') return null;
  const [alias = '', ...rest] = type.name.split('.');
  const imported = module.imports.find(({ local }) => local === alias);
  return imported ? `${alias} ${[imported.module, ...rest].join('.')}` : type.name;
}
