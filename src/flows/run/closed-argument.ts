import { memo } from '../../languages/memo.ts';
import { fieldsOfKey } from '../values/field-taint.ts';
import type { Home, Taint } from '../values/value.ts';

/** What models call what a resolver is given. */
const OF_QUERY = /\barguments? of the query$/;

/** An enum of a schema's text, or one that a program makes: `enum Order {`, `registerEnumType(Order`, `Order = builder.enumType(`. */
const ENUMS =
  /\benum\s+(\w+)\s*(?:@[^{]*)?\{|\bregisterEnumType\(\s*(\w+)|\b(\w+)\s*=\s*(?:\w+\.enumType\(|new\s+(?:\w+\.)?GraphQLEnumType\(|(?:\w+\.)?enumType\()/g;
/** `order: Order!` of a schema's text, and what builders write: `order: t.arg({ type: Order`, `order: { type: new GraphQLNonNull(Order`. */
const TYPED =
  /\b(\w+)\s*:\s*(?:\[\s*)?([A-Z]\w*)\b|\b(\w+)\s*:\s*(?:\w+\.arg\(\s*)?\{\s*(?:required:\s*\w+,\s*)?type:\s*(?:\(\)\s*=>\s*)?(?:new\s+(?:\w+\.)?(?:GraphQLNonNull|GraphQLList)\(\s*)*\[?['"]?([\w.]+)/g;
/** `order: t.arg.int(`, `order: t.arg.string(`. */
const BY_METHOD = /\b(\w+)\s*:\s*\w+\.arg\.(\w+)\(/g;
/** `@Args('order', { type: () => Order })`, `@Arg('order', () => Order)`: the name that the client gives. */
const DECORATED =
  /@Args?\(\s*['"](\w+)['"]\s*,\s*(?:\{\s*(?:nullable:\s*\w+,\s*)?type:\s*)?(?:\(\w*\)\s*=>|(?=\w))\s*\[?\s*([\w.]+)/g;
/** Numbers and truths of the schema's own. */
const NARROW = /^(?:(?:GraphQL)?(?:Int|Float|Boolean)|int|float|boolean|intList|floatList|booleanList)$/;

interface Declared {
  enums: ReadonlySet<string>;
  /** By the name of an argument, or of a field of one: each type that it is declared with. */
  types: ReadonlyMap<string, readonly string[]>;
}

const NONE: Declared = { enums: new Set(), types: new Map() };
const SPEAKS = /graphql|pothos|nexus|\btypeDefs\b/i;

const declaredIn = memo(({ text, module }: Home): Declared => {
  if (module.language !== 'typescript' || !SPEAKS.test(text)) return NONE;
  const types = new Map<string, string[]>();
  for (const pattern of [TYPED, BY_METHOD, DECORATED])
    for (const [, one, type, other, made] of text.matchAll(pattern)) {
      const name = one ?? other ?? '';
      types.set(name, [...(types.get(name) ?? []), type ?? made ?? '']);
    }
  const enums = [...text.matchAll(ENUMS)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  return { enums: new Set(enums), types };
});

/**
 * An argument of a query whose schema, as far as it is there, names an enum or a number for it: whatever else a client sends is
 * refused before a resolver runs. An argument of the same name that is declared as something else leaves it open.
 */
export function isClosedArgument({ says, key, asked, steps }: Taint, homes: ReadonlyMap<string, Home>): boolean {
  if (!OF_QUERY.test(says)) return false;
  const name = fieldsOfKey(key).at(-1) ?? asked ?? steps[0]?.text ?? '';
  const all = [...homes.values()].map(declaredIn);
  const types = all.flatMap((one) => one.types.get(name) ?? []);
  return types.length > 0 && types.every((type) => NARROW.test(type) || all.some(({ enums }) => enums.has(type)));
}
