import { symbolOf } from '../flows/run.ts';
import type { Home } from '../flows/value.ts';
import type { Language } from '../languages/form.ts';
import type { FactModels } from './compile-fact-models.ts';
import type { Doings } from './doings.ts';
import type { Transaction } from './facts.ts';
import { type Transaction as FoundTransaction, findBeside, findTransactions, isUndone } from './find-transactions.ts';
import { placed } from './placed.ts';
import { keyOf, type Transactions } from './transactions.ts';

/** The transactions of some files with what is done while they are open. */
export function listTransactions(
  homes: readonly Home[],
  noted: Transactions,
  doings: Doings,
  modelsOf: (language: Language) => FactModels,
): Transaction[] {
  const all = [...noted.list(), ...homes.flatMap((home) => findTransactions(home, modelsOf(home.module.language)))];
  // What the form shows of one tells more.
  return [...new Map(all.filter(writes).map((one) => [keyOf(one), one])).values()].map((one) => {
    const { home, form, client, handle, begins } = one;
    const inside = doings.within(one).filter(({ at }) => !isUndone(one, at));
    return {
      client,
      handle: handle ?? '',
      inside: inside.map(({ does, call, home: where, span, at, through }) => ({
        does,
        call,
        through: through.map(({ form: { name: called } }) => called),
        done: placed(where, span),
        place: placed(home, at),
      })),
      beside: findBeside(one).map(({ call, span }) => ({ call, place: placed(home, span) })),
      function: symbolOf({ closure: { key: '', home, form, around: null } }),
      place: placed(home, begins),
    };
  });
}

/** `atomic(using=REPLICA)`, `{ accessMode: 'read only' }`: nobody waits for its locks, and nothing of it is rolled back. */
function writes({ home, begins: [start, end] }: FoundTransaction): boolean {
  return !/replica|read[ _-]?only/i.test(home.text.slice(start, Math.min(end, start + BEGINNING)));
}

const BEGINNING = 200;
