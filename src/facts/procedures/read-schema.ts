import type { Home } from '../../flows/values/value.ts';
import { memo } from '../../languages/memo.ts';
import type { Procedure } from '../facts.ts';

export interface SchemaField {
  takes: Procedure['takes'];
  /** Null: a type that is declared elsewhere. */
  fields: boolean | null;
}

/** A quote behind a `\` begins none: it would be followed to the end of its line for each one. */
const TEXTS = /`([^`]*)`|"""([^]*?)"""|'''([^]*?)'''|(?<!\\)"((?:[^"\\\n]|\\.)*)"|(?<!\\)'((?:[^'\\\n]|\\.)*)'/g;
const HOLDS = /\b(?:type|interface|enum|scalar|union)\s+[A-Z]\w*/;
/** `orders(first: Int): [Order]` */
const FIELDS = /\b(\w+)\s{0,80}(?:\(([^()]*)\)\s{0,80})?:\s{0,80}([[\]!\w]+)/g;
const MOST_TEXT = 200_000;

/** The fields of `Query` and `Mutation` that texts of a program declare, as `Query.orders`. Others may be declared elsewhere. */
export const readSchema = memo((homes: readonly Home[]): ReadonlyMap<string, SchemaField> => {
  const text = homes.map(schemaIn).join('\n').slice(0, MOST_TEXT);
  const leaves = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);
  const objects = new Set<string>();
  for (const [, kind, name = ''] of text.matchAll(/\b(type|interface|union|enum|scalar)\s+([A-Z]\w*)/g))
    (kind === 'enum' || kind === 'scalar' ? leaves : objects).add(name);
  const found = new Map<string, SchemaField>();
  for (const [, type, body = ''] of text.matchAll(/\btype\s+(Query|Mutation)\b[^{}]{0,200}\{([^{}]*)\}/g))
    for (const [, name, given = '', result = ''] of body.matchAll(FIELDS)) {
      const of = result.replace(/[[\]!]/g, '');
      found.set(`${type}.${name}`, {
        takes: [...given.matchAll(/\b(\w+)\s{0,80}:\s{0,80}([[\]!\w]+)(\s{0,80}=)?/g)].map(
          ([, name = '', type = '', byDefault]) => ({
            name,
            type,
            required: type.endsWith('!') && byDefault === undefined,
          }),
        ),
        fields: leaves.has(of) ? false : objects.has(of) ? true : null,
      });
    }
  return found;
});

const schemaIn = memo(({ text, module }: Home): string => {
  if (module.language === 'go' || !HOLDS.test(text)) return '';
  return [...text.matchAll(TEXTS)]
    .map((match) => match.slice(1).find((one) => one !== undefined) ?? '')
    .filter((one) => HOLDS.test(one))
    .map((one) => one.replace(/#[^\n]*/g, '').replace(/"[^"\n]*"/g, ''))
    .join('\n');
});
