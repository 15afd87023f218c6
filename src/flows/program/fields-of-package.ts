import type { Expression, Module, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, visitExpressions, visitOne } from '../../languages/visit-expressions.ts';
import type { Run } from '../run/run.ts';
import type { Home, Value } from '../values/value.ts';
import { isFixed, joinValues, taintsOf } from '../values/values.ts';
import { atTop } from './class-bases.ts';

/** What a file gives a field: each value as it is written; null: something that is not written as one (`f.table += x`). */
type Given = ReadonlyMap<string, readonly (Expression | null)[]>;

/** The most values of a field that still counts as a setting. */
const MOST_GIVEN = 8;

/**
 * A field of Go that only its package can set, and that is given constants alone wherever that happens: it is one of them.
 *
 * @param homes the files of its package
 * @param type the struct whose field it is
 */
export function constantOfField(run: Run, homes: readonly Home[], type: string, name: string): Value | null {
  if (!/^[a-z_]/.test(name)) return null;
  const given = homes.flatMap((home) =>
    [`${type}.${name}`, `.${name}`, `${type}.*`].flatMap((key) =>
      (givenIn(home).get(key) ?? []).map((value) => ({ home, value })),
    ),
  );
  if (given.length === 0 || given.length > MOST_GIVEN) return null;
  const values: Value[] = [];
  for (const { home, value } of given) {
    if (value === null || !/^(?:text|name|concat)$/.test(value.kind)) return null;
    const known = run.evaluate(atTop(run, home), value);
    if (!isFixed(known) || known.entries || taintsOf(known).length > 0) return null;
    values.push(known);
  }
  return joinValues(values);
}

const givenIn = memo(({ module, text }: Home): Given => {
  const all = new Map<string, (Expression | null)[]>();
  const bound = boundIn(module);
  const note = (key: string, given: Expression | null): void => {
    const value = given && saysOne(given, bound) ? null : given;
    all.set(key, [...(all.get(key) ?? []), value]);
  };
  visitExpressions(module, (one) => {
    // Whoever has its address may set it.
    if (one.kind === 'field' && text[one.span[0] - 1] === '&') note(`.${one.name}`, null);
    if (one.kind !== 'map') return;
    const type = one.type?.kind === 'named' ? one.type.name : '';
    for (const { key, value } of one.entries)
      if (key?.kind === 'text') note(`${type}.${key.value}`, value);
      // By their places: which field it is, another file knows.
      else if (type !== '') note(`${type}.*`, null);
  });
  const visit = (one: Statement): void => {
    if (one.kind === 'set' && one.target.kind === 'field') note(`.${one.target.name}`, one.append ? null : one.value);
    for (const inner of blocksOf(one)) visit(inner);
  };
  for (const { body } of module.functions) for (const one of body) visit(one);
  return all;
});

/** What functions call their own: a parameter `table` is not the constant `table` of the package. */
function boundIn({ functions }: Module): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (one: Statement): void => {
    if ((one.kind === 'set' || one.kind === 'loop') && one.target?.kind === 'name') names.add(one.target.name);
    for (const inner of blocksOf(one)) visit(inner);
  };
  for (const { parent, parameters, body } of functions) {
    if (parent === null) continue;
    for (const { name } of parameters) names.add(name);
    for (const one of body) visit(one);
  }
  return names;
}

function saysOne(value: Expression, names: ReadonlySet<string>): boolean {
  let found = false;
  visitOne(value, (one) => {
    if (one.kind === 'name' && names.has(one.name)) found = true;
  });
  return found;
}
