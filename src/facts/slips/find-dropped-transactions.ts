import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm, Parameter } from '../../languages/form.ts';
import { visitBody } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** Names of a transaction that is passed on. */
const HANDLE =
  /^(?:tx|trx|txn|dbTx|dbTrx|txClient|transaction|transactionClient|transactionManager|transactionalEntityManager|queryRunner)$/;

/** A client of a database, or a repository, that something is asked of. */
const ASKS =
  /(?<![\w$.])((?:this\.|self\.|[a-z]\.)?\w*(?:prisma|knex|db|pool|sequelize|dataSource|engine|[rR]epo(?:sitory)?))(?:\.\w+){1,2}\(/;

/** A function takes a transaction, speaks of it nowhere, and asks a client of its own. */
export function findUnusedTransactions(home: Home): FoundSlip[] {
  return home.module.functions.flatMap((form): FoundSlip[] => {
    const own = form.parameters.find(({ name }) => HANDLE.test(name));
    const [first] = form.body;
    if (!own || !first || form.id === 0) return [];
    const body = textOf(home, [first.span[0], form.span[1]]);
    const [all, client] = ASKS.exec(body) ?? [];
    // `tx = prisma` is one of several names of it.
    if (all === undefined || client === undefined || new RegExp(`\\b${own.name}\\b|\\barguments\\b|\\*\\*`).test(body))
      return [];
    if (form.parameters.some(({ name }) => name === client)) return [];
    const at = first.span[0] + body.indexOf(all);
    return [
      {
        kind: 'transaction-unused',
        home,
        form,
        span: [at, at + all.length],
        suspected: true,
        names: { CALL: all.slice(0, -1), HANDLE: own.name, NAME: form.name, CLIENT: client },
      },
    ];
  });
}

/** A call that could be given the transaction of the function around it, and is not. */
export function findDroppedTransactions(home: Home): FoundSlip[] {
  if (home.module.language === 'go') return [];
  const takers = new Map<string, FunctionForm | null>();
  for (const form of home.module.functions)
    if (form.name !== '') takers.set(form.name, takers.has(form.name) ? null : form);
  const found: FoundSlip[] = [];
  for (const form of home.module.functions) {
    const handle = handleOf(functionsAround(home.module, form));
    if (handle === null || form.id === 0) continue;
    visitBody(form.body, (one) => {
      const taker = one.kind === 'call' ? takerOf(one, takers) : null;
      const own = taker?.parameters.find(({ name }) => HANDLE.test(name));
      if (one.kind !== 'call' || !taker || !own || !isOptional(home, own)) return;
      const text = textOf(home, one.span);
      if (new RegExp(`\\b${handle}\\b`).test(text) || one.arguments.some(({ value }) => value.kind === 'spread'))
        return;
      // As many as it takes: something else stands for it.
      if (one.arguments.length > taker.parameters.indexOf(own) || one.arguments.some(({ name }) => name === own.name))
        return;
      found.push({
        kind: 'transaction-dropped',
        home,
        form,
        span: one.span,
        names: { CALL: textOf(home, one.of.span).replace(/\s+/g, ''), HANDLE: handle, TAKES: own.name, LINE: taker.at },
      });
    });
  }
  return found;
}

/** The transaction that is in scope: of the innermost function that has one. */
function handleOf(around: readonly FunctionForm[]): string | null {
  for (const { parameters } of around) {
    const own = parameters.find(({ name }) => HANDLE.test(name));
    if (own) return own.name;
  }
  return null;
}

/** `save(…)`, `this.save(…)`: a function of this file, the only one of its name. */
function takerOf(
  { of }: Extract<Expression, { kind: 'call' }>,
  takers: ReadonlyMap<string, FunctionForm | null>,
): FunctionForm | null {
  const isOwn =
    of.kind === 'name' || (of.kind === 'field' && of.of.kind === 'name' && /^(?:this|self|cls)$/.test(of.of.name));
  return isOwn ? (takers.get(calledName(of)) ?? null) : null;
}

function isOptional(home: Home, { byDefault, span }: Parameter): boolean {
  return (
    byDefault !== null || /^\w+\s*\?/.test(textOf(home, span)) || /\|\s*None\b|Optional\[/.test(textOf(home, span))
  );
}
