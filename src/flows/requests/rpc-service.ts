import type { FunctionForm, Type } from '../../languages/form.ts';
import { compiled } from '../data/compiled.ts';
import type { Models } from '../data/models.ts';
import { findType, type Program } from '../program/program.ts';
import type { Home } from '../values/value.ts';

/** The model of a method that answers messages of a generated interface (gRPC), by the types that it declares. */
export function serviceOf(
  program: Program,
  home: Home,
  { receiver, parameters, returns }: FunctionForm,
  services: Models['services'],
): Models['services'][number] | null {
  if (receiver === null || services.length === 0) return null;
  const [, ...given] = parameters.map(({ type }) => writtenName(home, type));
  const result = returns?.kind === 'record' ? writtenName(home, returns.fields['0'] ?? null) : null;
  const type = findType([home, ...program.beside(home)], receiver);
  const embedded = type?.form.extends.map((one) => writtenName(type.home, one)) ?? [];
  return (
    services.find(
      (one) =>
        (one.source === 'rest' || given.length === one.parameters.length) &&
        matches(one.receiver, receiver) &&
        one.parameters.every((pattern, index) => matches(pattern, given[index] ?? null)) &&
        (one.result === undefined || matches(one.result, result)) &&
        (one.embeds === undefined || embedded.some((name) => matches(one.embeds ?? '', name))),
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
