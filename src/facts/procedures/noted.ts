import type { Closure, Home, Value } from '../../flows/values/value.ts';
import type { Span } from '../../languages/form.ts';
import type { Procedure } from '../facts.ts';
import { itemsOf } from '../read/read-argument.ts';

/** What is called under a name, and where that was said. */
export interface Noted extends Omit<Procedure, 'handler' | 'place' | 'takes' | 'authorised'> {
  takes?: Procedure['takes'];
  authorised?: boolean;
  closure: Closure;
  home: Home;
  span: Span;
}

/** What a value holds under the names of types and fields. */
export function fieldsOfTypes(value: Value): readonly (readonly [type: string, field: string, closure: Closure])[] {
  return itemsOf(value).flatMap((one) =>
    ['Query', 'Mutation'].flatMap((type) =>
      [...(one.entries?.get(type)?.entries ?? [])].flatMap(([field, { functions }]) =>
        functions.slice(0, 1).map((closure) => [type, field, closure] as const),
      ),
    ),
  );
}
