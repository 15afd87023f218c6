import { globalsOf } from '../../flows/program/lookup.ts';
import type { Run } from '../../flows/run/run.ts';
import type { Closure, Home } from '../../flows/values/value.ts';
import { fieldsOfTypes, type Noted } from './noted.ts';
import { readSchema } from './read-schema.ts';

/** An object that holds functions under the names of types and fields, as every server of GraphQL in JavaScript takes it. */
const HOLDS = /\b(?:Query|Mutation)\s*:/;

/** A function under the name of a field; null: of `Query` or of `Mutation`, as the types say. */
export interface RootField {
  type: string | null;
  name: string;
  closure: Closure;
}

/** @param roots what calls of libraries were given */
export function listResolvers(run: Run, homes: readonly Home[], roots: readonly RootField[]): Noted[] {
  const own = homes.filter(({ module, text }) => module.language === 'typescript' && HOLDS.test(text));
  if (own.length === 0 && roots.length === 0) return [];
  const schema = readSchema(run.program.homes);
  const seen = new Map<string, Noted>();
  const add = (type: string, field: string, closure: Closure): void => {
    const said = schema.get(`${type}.${field}`);
    seen.set(`${type}.${field} ${closure.key}`, {
      by: 'graphql',
      name: `${type}.${field}`,
      operation: type === 'Query' ? 'query' : 'mutation',
      at: null,
      whole: true,
      takes: said?.takes ?? [],
      fields: said?.fields ?? null,
      closure,
      home: closure.home,
      span: closure.form.at,
    });
  };
  for (const home of own)
    for (const value of globalsOf(run, home).names.values())
      for (const [type, field, closure] of fieldsOfTypes(value)) add(type, field, closure);
  for (const { type: said, name, closure } of roots)
    for (const type of said === null ? ['Query', 'Mutation'] : [said])
      if (said !== null || schema.has(`${type}.${name}`)) add(type, name, closure);
  return [...seen.values()];
}
