import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Module, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, partsOf, partsOfStatement } from '../../languages/visit-expressions.ts';
import type { FactModels } from '../read/compile-fact-models.ts';
import { type Region, runningAt } from '../read/doings.ts';

/** What runs in one transaction. */
export interface Transaction extends Region {
  /** What it was begun on, as it is written: `prisma`, `s.db`. */
  client: string;
  /** What stands for it; null: nothing does. */
  handle: string | null;
  /** Where it begins. */
  begins: Span;
  /** What runs after it was given up. */
  undone: readonly Span[];
}

type Call = Extract<Expression, { kind: 'call' }>;

interface Words {
  name: RegExp;
  /** Of a statement that is given. */
  text: RegExp;
}

/** Calls that begin and end one: known by what the result, or what both are called on, is called. */
interface Pair {
  begins: Words;
  ends: Words;
  on: 'result' | 'receiver';
}

const NOTHING = /^\b$/;
const PAIRS: readonly Pair[] = [
  {
    begins: { name: /^(?:(?:Must)?Begin(?:x|Txx?|Transaction)?|begin|beginTransaction|transaction)$/, text: NOTHING },
    ends: { name: /^[Cc]ommit$/, text: NOTHING },
    on: 'result',
  },
  {
    begins: { name: /^(?:startTransaction|beginTransaction|begin)$/, text: /^\s*(?:BEGIN|START\s+TRANSACTION)\b/i },
    ends: { name: /^(?:commitTransaction|commit)$/, text: /^\s*(?:COMMIT|END)\b/i },
    on: 'receiver',
  },
];
const GIVES_UP = /^(?:rollback|rollbackTransaction|abortTransaction|abort|RollbackUnlessCommitted|RollbackTx)$/i;

/** Transactions that the form alone shows: a function that is given to one, and what stands between its beginning and its end. */
export function findTransactions(home: Home, { transaction }: FactModels): Transaction[] {
  return home.module.functions.flatMap((form) => {
    const calls = listCalls(form);
    const given = calls.flatMap(({ call }) => {
      const inner = transaction(`?.${calledName(call.of)}`) === null ? null : lastFunction(home.module, call);
      return inner ? [ofFunction(home, inner, call)] : [];
    });
    return [...given, ...PAIRS.flatMap((pair) => findPairs(home, form, calls, pair))];
  });
}

/** The transaction that a function given to this call runs in. */
export function ofFunction(home: Home, form: FunctionForm, call: Call): Transaction {
  return {
    home,
    form,
    span: form.span,
    client: receiverOf(home, call),
    handle: handleOf(form),
    begins: call.span,
    undone: undoneOf(form),
  };
}

function findPairs(home: Home, form: FunctionForm, calls: readonly Called[], pair: Pair): Transaction[] {
  return calls.flatMap(({ call, keeps }): Transaction[] => {
    if (call.of.kind !== 'field' || !says(call, pair.begins)) return [];
    const handle = pair.on === 'result' ? keeps : keeps === null ? receiverOf(home, call) : null;
    const end = calls.find(
      (one) => one.call.span[0] >= call.span[1] && says(one.call, pair.ends) && receiverOf(home, one.call) === handle,
    );
    if (handle === null || !end) return [];
    const taken =
      pair.on === 'result'
        ? undefined
        : calls.find((one) => one.keeps === handle && TAKES.test(calledName(one.call.of)));
    const client = receiverOf(home, taken?.call ?? call);
    const span: Span = [call.span[1], end.call.span[0]];
    return [{ home, form, span, client, handle, begins: call.span, undone: undoneOf(form) }];
  });
}

/** By the name of the call, or by the statement that it is given. */
function says({ of, arguments: [first] }: Call, { name, text }: Words): boolean {
  const [given] = first?.value.kind === 'text' ? [first.value.value] : [];
  return name.test(calledName(of)) || (given !== undefined && text.test(given));
}

function receiverOf(home: Home, { of }: Call): string {
  return of.kind === 'field' ? textOf(home, of.of.span) : '';
}

/** Queries that run on the client itself while the transaction that stands beside them is open. */
export function findBeside(one: Transaction): { call: string; span: Span }[] {
  const { home, client, handle } = one;
  if (
    handle === null ||
    !/^[\w.]+$/.test(handle) ||
    client === handle ||
    !/^[\w.]+$/.test(client) ||
    /^(?:this|self|\w)$/.test(client)
  )
    return [];
  if (isOneConnection(one)) return [];
  const optional = [...findWithoutOption(one, handle), ...findRepositories(one, handle)];
  if (optional.length > 0) return optional;
  // SQLAlchemy's transaction only ends what the connection itself runs. Source: docs.sqlalchemy.org, Connection.begin.
  if (home.module.language === 'python' && !runsOn(home, handle, one.span)) return [];
  const named = new RegExp(`\\b${handle.replaceAll('.', '\\.')}\\b`);
  const found = new Map<number, { call: string; span: Span }>();
  for (const form of home.module.functions.filter(({ span }) => meets(span, one.span)))
    for (const { call, chain } of listCalls(form)) {
      if (!holds(one.span, call.span)) continue;
      const written = textOf(home, call.of.span);
      if (!written.startsWith(`${client}.`) || named.test(home.text.slice(...chain))) continue;
      if (!QUERIES.test(calledName(call.of)) || isUndone(one, call.span)) continue;
      // A builder that is kept beside the client (`db.squirrel.Delete(…).Where(…)`) makes a text, and sends nothing.
      const isDirect = written.slice(client.length + 1) === calledName(call.of);
      if (home.module.language === 'go' && !isDirect && !RUNS.test(home.text.slice(...chain))) continue;
      if (runningAt(home.module, call.span).includes(one.form))
        found.set(call.span[0], { call: written, span: call.span });
    }
  return [...found.values()];
}

/**
 * Sequelize: a query is in the transaction that its option names, `Order.create(row, { transaction: t })`. Where others of the same
 * transaction have the option and one of a model has not, it is beside it. Source: sequelize.org/docs/v6/other-topics/transactions.
 */
function findWithoutOption(one: Transaction, handle: string): { call: string; span: Span }[] {
  const { home, form } = one;
  if (home.module.language !== 'typescript') return [];
  const option = new RegExp(`\\btransaction(?:\\s*:\\s*${handle}\\b|\\s*[,}])`);
  if (
    !option.test(home.text.slice(...one.span)) ||
    (handle !== 'transaction' && !new RegExp(`:\\s*${handle}\\b`).test(home.text.slice(...one.span)))
  )
    return [];
  return listCalls(form).flatMap(({ call }) => {
    const written = textOf(home, call.of.span);
    const isOfModel = /^(?:this\.|models\.|db\.)?[A-Z]\w*\.\w+$/.test(written) && OF_MODEL.test(calledName(call.of));
    if (!isOfModel || !holds(one.span, call.span) || isUndone(one, call.span)) return [];
    const given = call.arguments.map(({ value }) => home.text.slice(...value.span));
    // Options that stand in a name may hold it.
    const first = OPTIONS_FIRST.test(calledName(call.of)) ? 0 : 1;
    const isOpen =
      given.some((text, index) => index >= first && !/^[{[\d'"`]/.test(text)) ||
      given.some((text) => text.includes('...'));
    return isOpen || given.some((text) => option.test(text)) ? [] : [{ call: written, span: call.span }];
  });
}

/** Queries of a model of Sequelize. */
const OF_MODEL =
  /^(?:find(?:One|All|ByPk|OrCreate|AndCountAll)|create|bulkCreate|update|upsert|destroy|increment|decrement)$/;

const OPTIONS_FIRST = /^(?:find(?:One|All|OrCreate|AndCountAll)|destroy)$/;

/**
 * TypeORM: only what the manager of the transaction is asked for is in it. A repository that the class was given runs on the pool, where
 * others of the same transaction ask the manager. Source: typeorm.io/docs/advanced-topics/transactions.
 */
function findRepositories(one: Transaction, handle: string): { call: string; span: Span }[] {
  const { home, form, span } = one;
  const isManaged = new RegExp(
    `\\b${handle}\\.(?:manager\\.)?(?:getRepository|withRepository|save|insert|update|delete|remove|find\\w*|query)\\b`,
  );
  if (home.module.language !== 'typescript' || !/\btypeorm\b/.test(home.text)) return [];
  if (!isManaged.test(home.text.slice(...span))) return [];
  const given = repositoriesIn(home);
  return listCalls(form).flatMap(({ call, chain }) => {
    const written = textOf(home, call.of.span);
    const [, field = ''] = /^this\.(\w+)\.\w+$/.exec(written) ?? [];
    const isOfClass = (/[rR]epo(?:sitory)?$/.test(field) || given.has(field)) && QUERIES.test(calledName(call.of));
    const isHanded = new RegExp(`\\b${handle}\\b`).test(home.text.slice(...chain));
    return isOfClass && !isHanded && holds(span, call.span) && !isUndone(one, call.span)
      ? [{ call: written, span: call.span }]
      : [];
  });
}

/** `private readonly wallets: Repository<Wallet>` */
const repositoriesIn = memo(
  ({ text }: Home) => new Set([...text.matchAll(/\b(\w+)\s*[?!]?:\s*\w*Repository</g)].map(([, name = '']) => name)),
);

/** How a chain of Go sends what it has built. */
const RUNS =
  /\.(?:Exec|Query|Scan|Save|All|First|Only|IDs?|Count|Exist|RunWith|Load|Get|Rows?)X?\w*\(|\.Model\([^]*\.(?:Updates?|UpdateColumns?|Delete|Find|Take|Pluck)\(/;
/** One connection of pgx or database/sql, on which its transaction runs as well. */
const CONNECTION = /^(?:pgx|pgxpool|sql|sqlx)\.(?:Conn|Connx)$/;

function isOneConnection({ home, form, client, begins }: Transaction): boolean {
  if (home.module.language !== 'go') return false;
  const { type } = form.parameters.find(({ name }) => name === client) ?? {};
  if (type?.kind === 'named' && CONNECTION.test(type.name)) return true;
  return listCalls(form).some(
    ({ call, keeps }) =>
      keeps === client &&
      call.span[1] <= begins[0] &&
      (/^(?:Conn|Connx|Acquire)$/.test(calledName(call.of)) || textOf(home, call.of.span) === 'pgx.Connect'),
  );
}

function runsOn(home: Home, handle: string, span: Span): boolean {
  return home.module.functions.some((form) =>
    listCalls(form).some(
      ({ call }) => holds(span, call.span) && receiverOf(home, call) === handle && QUERIES.test(calledName(call.of)),
    ),
  );
}

function meets([start, end]: Span, [from, to]: Span): boolean {
  return start < to && from < end;
}

/** Calls that take a connection of a pool for themselves. */
const TAKES = /^(?:connect|getConnection|acquire|reserve|createQueryRunner|Conn|Connx|Acquire|startSession)$/;
/** What clients of databases call their queries. */
const QUERIES =
  /^(?:find(?:Many|First|Unique|One|All|By|ByPk|ById)\w*|count|aggregate|groupBy|create(?:Many)?|update(?:Many|One)?|upsert|delete(?:Many|One)?|\$(?:query|execute)Raw\w*|query|execute|insert|select|save|remove|insertInto|selectFrom|updateTable|deleteFrom|(?:Named)?(?:Query|Exec)\w*|Get\w*|Select\w*|Find\w*|First|Create\w*|Insert\w*|Update\w*|Upsert\w*|Delete\w*|Save\w*)$/;

interface Called {
  call: Call;
  /** The name that its result goes into: the first of several. */
  keeps: string | null;
  /** The calls on its result, and theirs. */
  chain: Span;
}

/** The calls of a function itself, in order. */
const listCalls = memo(({ body }: FunctionForm): readonly Called[] => readCalls(body));

function readCalls(body: readonly Statement[]): Called[] {
  const found: Called[] = [];
  // `tx, err := db.Begin()` is a list that is taken apart.
  const parts = new Map<string, Called>();
  const visit = (one: Expression, keeps: string | null, chain: Span): void => {
    if (one.kind === 'await' || one.kind === 'cast') return visit(one.of, keeps, chain);
    if (one.kind === 'call') {
      const called = { call: one, keeps, chain };
      found.push(called);
      if (keeps?.startsWith('$')) parts.set(keeps, called);
    }
    const of = one.kind === 'call' || one.kind === 'field' ? one.of : null;
    for (const part of partsOf(one)) visit(part, null, part === of ? chain : part.span);
  };
  const visitAll = (statements: readonly Statement[]): void => {
    for (const one of statements) {
      const keeps = one.kind === 'set' && one.target.kind === 'name' ? one.target.name : null;
      const from =
        keeps !== null && one.kind === 'set' && isFirst(one.value) ? parts.get(one.value.of.name) : undefined;
      if (from) from.keeps = keeps;
      const isNow = one.kind !== 'do' || one.when === 'now';
      for (const part of isNow ? partsOfStatement(one) : [])
        visit(part, one.kind === 'set' && part === one.value ? keeps : null, part.span);
      visitAll(blocksOf(one));
    }
  };
  visitAll(body);
  return found.sort((a, b) => a.call.span[0] - b.call.span[0]);
}

type Index = Extract<Expression, { kind: 'index' }>;

function isFirst(value: Expression): value is Index & { of: Extract<Expression, { kind: 'name' }> } {
  return value.kind === 'index' && value.of.kind === 'name' && value.by.kind === 'value' && value.by.value === 0;
}

function lastFunction(module: Module, call: Call): FunctionForm | null {
  const given = call.arguments.findLast(({ value }) => value.kind === 'function')?.value;
  return given?.kind === 'function' ? (module.functions[given.id] ?? null) : null;
}

/** The parameter that stands for the transaction; a context is none. */
function handleOf({ parameters }: FunctionForm): string | null {
  const own = parameters.find(
    ({ name, type }) =>
      !/^(?:ctx|context|c|_)$/.test(name) && !(type?.kind === 'named' && type.name.endsWith('Context')),
  );
  return own && /^\w+$/.test(own.name) ? own.name : null;
}

/** Of a function, however many transactions it has. */
const undoneOf = memo(({ body }: FunctionForm) => undoneIn(body));

/** What stands behind a roll-back in its block, and what an error is caught with. */
function undoneIn(body: readonly Statement[]): Span[] {
  const at = body.findIndex(
    (one) =>
      (one.kind === 'do' && one.when === 'now' && givesUp(one.value)) || (one.kind === 'set' && givesUp(one.value)),
  );
  const last = body.at(-1);
  const [own] = at < 0 || !last ? [] : [[body[at]?.span[0] ?? 0, last.span[1]] as Span];
  const caught = body.flatMap((one) => (one.kind === 'try' ? one.catches.map(({ span }) => span) : []));
  return [...(own ? [own] : []), ...caught, ...body.flatMap((one) => inBlocks(one))];
}

function inBlocks(one: Statement): Span[] {
  if (one.kind === 'if') return [...undoneIn(one.yes), ...undoneIn(one.no)];
  if (one.kind === 'switch') return one.cases.flatMap(({ body }) => undoneIn(body));
  return undoneIn(blocksOf(one));
}

function givesUp(one: Expression): boolean {
  if (one.kind === 'await') return givesUp(one.of);
  return one.kind === 'call' && GIVES_UP.test(calledName(one.of));
}

function textOf(home: Home, [start, end]: Span): string {
  return home.text.slice(start, end).replace(/\s+/g, '');
}

export function isUndone({ undone }: Transaction, span: Span): boolean {
  return undone.some((one) => holds(one, span));
}
