import { sourceOf, symbolOf } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm, Module, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import type { Repeated } from '../facts.ts';
import type { Called, Doings, Found } from '../read/doings.ts';
import { findLoops, type Loop } from '../read/find-loops.ts';
import { placed } from '../read/placed.ts';
import { areRows, writtenAt } from './are-rows.ts';

/** Queries by something of the item, in a loop that only reads; what it writes it must often read as the round before left it. */
export function listRepeated(homes: readonly Home[], doings: Doings): Repeated[] {
  const found = new Map<string, { loop: Loop; one: Found }>();
  for (const loop of homes.flatMap(findLoops)) {
    const inside = doings.within(loop);
    if (inside.some(({ does }) => does !== 'read') || WRITES.test(loop.home.text.slice(...loop.span))) continue;
    const [one] = inside.filter(
      (each) =>
        each.through.length <= FARTHEST &&
        isByItem(loop, each) &&
        !each.through.some(writesOrKeeps) &&
        !isAfterFailure(loop, each),
    );
    if (!one) continue;
    const key = `${loop.home.path}:${one.at[0]}`;
    const before = found.get(key);
    // Of loops in each other the inner one.
    if (!before || before.loop.span[0] < loop.span[0]) found.set(key, { loop, one });
  }
  return [...found.values()].map(({ loop, one }) => {
    return {
      call: one.call,
      through: one.through.map(({ form }) => form.name),
      asked: placed(one.home, one.span),
      loop: placed(loop.home, loop.begins),
      over: sourceOf(loop.home, loop.over.span, 40),
      ofRows: areRows(loop, doings),
      atOnce: loop.atOnce,
      function: nameAround(loop.home, loop.form),
      place: placed(loop.home, one.at),
    };
  });
}

/** It is asked where something failed, not for each item: in a `catch` of the loop, or of the function that it is called through. */
function isAfterFailure(loop: Loop, { home, span, at, through }: Found): boolean {
  const last = through.at(-1);
  const inside = (of: Home, around: Span, place: Span): boolean =>
    catchesOf(of.module).some((one) => holds(around, one) && holds(one, place));
  return inside(loop.home, loop.span, at) || (last !== undefined && inside(home, last.form.span, span));
}

const catchesOf = memo((module: Module): readonly Span[] => {
  const found: Span[] = [];
  const visit = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'try') found.push(...one.catches.map(({ span }) => span));
      visit(blocksOf(one));
    }
  };
  for (const { body } of module.functions) visit(body);
  return found;
});

function writesOrKeeps({ home, form }: Called): boolean {
  const text = home.text.slice(...form.span);
  return WRITES.test(text) || KEEPS.test(text);
}

/** Of what is asked by functions of functions of functions it is not known whether the item decides it. */
const FARTHEST = 2;
/** It asks once, and keeps the answer. */
const KEEPS = /cache|memo|\blru|loader|once\b|sync\.Map|initiali[sz]e/i;

/** What nothing is known of, and is called as what writes. */
const WRITES =
  /\.(?:create|createMany|update|updateMany|updateOne|upsert|delete|deleteMany|deleteOne|insert|insertOne|insertMany|save|bulkWrite|bulkCreate|destroy|remove|executemany|bulk_\w{1,40}|Exec|ExecContext|MustExec|NamedExec|Create|Save|(?:Update|Delete|Insert|Upsert)\w{0,40})\(|\w_(?:insert|update|upsert|delete)\w{0,40}\(|['"`]\s*(?:insert|update|delete|alter|create|drop)\s/i;

/** The item is said in the call, and the query asks by a column. */
function isByItem({ home, items }: Loop, { at, by }: Found): boolean {
  const text = writtenAt(home, at);
  return (
    (by?.length ?? 0) > 0 &&
    items.some((name) => new RegExp(`\\b${name}\\b`).test(text)) &&
    !items.some((name) => isApart(name).test(text))
  );
}

/** The item is the table (`db(name)`, `from ${name}`), or a piece of it (`skip: start`): no one statement reads all of them. */
function isApart(name: string): RegExp {
  return new RegExp(
    `\\b(?:knex|db|from|table|into|withSchema)\\(\\s*${name}\\s*\\)|\\bfrom\\s+["'\`]?\\$?\\{\\s*${name}\\s*\\}|\\b(?:skip|offset)\\s*(?:[:=(])\\s*${name}\\b`,
    'i',
  );
}

function nameAround(home: Home, form: FunctionForm): string {
  return symbolOf({ closure: { key: '', home, form, around: null } });
}
