import { symbolOf } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import type { Language } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import type { Transaction } from '../facts.ts';
import type { FactModels } from '../read/compile-fact-models.ts';
import type { Doings, Found } from '../read/doings.ts';
import { placed } from '../read/placed.ts';
import { type Transaction as FoundTransaction, findBeside, findTransactions, isUndone } from './find-transactions.ts';
import { keyOf, type Transactions } from './transactions.ts';

/** The transactions in some files that may write. */
export function openTransactions(
  homes: readonly Home[],
  noted: Transactions,
  modelsOf: (language: Language) => FactModels,
): FoundTransaction[] {
  const all = [...noted.list(), ...homes.flatMap((home) => findTransactions(home, modelsOf(home.module.language)))];
  // What the form shows of one tells more.
  return [...new Map(all.filter(writes).map((one) => [keyOf(one), one])).values()];
}

/** The transactions of some files with what is done while they are open. */
export function listTransactions(
  homes: readonly Home[],
  noted: Transactions,
  doings: Doings,
  modelsOf: (language: Language) => FactModels,
): Transaction[] {
  return openTransactions(homes, noted, modelsOf).map((one) => {
    const { home, form, client, handle, begins } = one;
    const inside = doings.within(one).filter(({ at }) => !isUndone(one, at));
    return {
      client,
      handle: handle ?? '',
      inside: inside.map(({ does, suspected, call, home: where, span, at, through }) => ({
        does,
        ...(suspected && { suspected }),
        call,
        through: through.map(({ form: { name: called } }) => called),
        done: placed(where, span),
        place: placed(home, at),
      })),
      beside: [
        ...findBeside(one).map(({ call, span }) => ({
          call,
          through: [],
          done: placed(home, span),
          place: placed(home, span),
        })),
        ...inside
          .filter((each) => isBesideThrough(one, each))
          .map(({ call, home: where, span, at, through }) => ({
            call,
            through: through.map(({ form: { name: called } }) => called),
            done: placed(where, span),
            place: placed(home, at),
          })),
      ],
      function: symbolOf({ closure: { key: '', home, form, around: null } }),
      place: placed(home, begins),
    };
  });
}

/**
 * A function that is called while the transaction is open asks the client that it was begun on, and the call hands it nothing else.
 * Silent where the program may find the transaction by itself: in a context, in the storage of a request.
 */
function isBesideThrough({ home, client, handle }: FoundTransaction, { does, call, at, home: where, through }: Found) {
  const [first] = through;
  const last = lastPart(client);
  if (
    handle === null ||
    !first ||
    !/^(?:read|write)$/.test(does) ||
    !/^(?:\w*(?:prisma|db|pool|knex|sequelize|dataSource))$/i.test(last)
  )
    return false;
  if (
    home.module.language === 'python' ||
    through.some(({ form }) => form.parameters.some(({ name }) => HANDS.test(name)))
  )
    return false;
  const written = home.text.slice(...at);
  const own = call.replace(/^(?:this|\w)\./, '');
  if (new RegExp(`\\b${escapeRegExp(handle)}\\b`).test(written) || CARRIED.test(`${where.text}${home.text}`))
    return false;
  return own.startsWith(`${last}.`) && !own.startsWith(`${handle}.`);
}

/** What a transaction is handed on as. */
const HANDS =
  /^(?:tx|trx|txn|\w*Tx|\w*Trx|t|transaction\w*|manager|em|entityManager|client|conn|db|exec\w*|q|queries|querier|options?|opts)$/;
/** It is kept where each query looks for it. */
const CARRIED =
  /AsyncLocalStorage|\bcls\b|TransactionHost|WithValue\(|FromContext|ContextWith\w*Tx|@Transactional|useCLS/;

/** `atomic(using=REPLICA)`, `{ accessMode: 'read only' }`: nobody waits for its locks, and nothing of it is rolled back. */
function writes({ home, begins: [start, end] }: FoundTransaction): boolean {
  return !/replica|read[ _-]?only/i.test(home.text.slice(start, Math.min(end, start + BEGINNING)));
}

const BEGINNING = 200;
