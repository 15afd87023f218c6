import type { ProcedureKind, Role } from '../flows/data/fact-keys.ts';

/** Lines are 1-based and inclusive. */
export interface FactPlace {
  path: string;
  startLine: number;
  endLine: number;
}

/** A function that has a name, with its decorators. */
export interface PlacedFunction {
  name: string;
  place: FactPlace;
}

/** What runs before a handler, or stands as a decorator on it. */
export interface Middleware {
  name: string;
  does: readonly Role[];
  /** It stands on the route itself, and not on its router. */
  own: boolean;
  /** A function of the program that turns nobody away, whatever it is called. */
  passesAll?: true;
  /** It only marks the route: what reads the mark (a guard of all routes) stands elsewhere. */
  marks?: true;
}

export interface Route {
  /** In upper case; `ANY`: all of them. */
  method: string;
  /** With the prefixes of its routers; `…`: what is not known of it. */
  path: string;
  /** Nothing more stands before or in the path: all of it is known. */
  whole: boolean;
  /** Where the router was made that the route was given to; null: it is not known. */
  router: FactPlace | null;
  /** In the order in which they run. */
  middleware: readonly Middleware[];
  /** Something before the handler, or the handler itself, turns callers away who may not do it. */
  authorised: boolean;
  /** Something says what a request must look like. */
  validated: boolean;
  /** Something bounds how often it is asked. */
  limited: boolean;
  handler: { name: string; place: FactPlace | null };
  /** Status codes that the handler, or what it calls, names. */
  statuses: readonly number[];
  place: FactPlace;
}

/** What a handler sends back as JSON. */
export interface Answer {
  /** Null: none is said; 0: it is not known. */
  status: number | null;
  /** Names of its fields, with those inside of them: `total`, `owner.id`; items of a list without their index. */
  fields: readonly string[];
  /** Fields of which not every field is known; `''`: the answer itself. */
  open: readonly string[];
  /** `GET /orders`; null: the route is in another file. */
  route: string | null;
  function: string;
  within: FactPlace;
  place: FactPlace;
}

/** A status that a handler names, whatever it sends with it. */
export interface NamedStatus {
  status: number;
  /** `GET /orders` */
  route: string;
  function: string;
  place: FactPlace;
}

/** What a handler is given of a request, as far as it is declared. */
export interface Input {
  name: string;
  /** A request without it is refused. */
  required: boolean;
  /** `GET /orders`; null: the route is in another file. */
  route: string | null;
  function: string;
  within: FactPlace;
  place: FactPlace;
}

export interface Query {
  operation: 'select' | 'insert' | 'update' | 'delete' | 'other';
  /** As the code names them: tables of a statement, or the class of a mapper. */
  tables: readonly string[];
  /** Read or written; `*`: all of them. Empty: they are not known. */
  columns: readonly string[];
  /** Columns that its conditions name. */
  filter: readonly string[];
  /** A part of its conditions is put together when the program runs. */
  open: boolean;
  /** Rows at most; `given`: a value of the program says how many. Null: all of them. */
  limit: number | 'given' | null;
  transaction: boolean;
  /** `update`, `share`, or null. */
  lock: string | null;
  /** The function around it, and where that stands; of a file's own code the file. */
  function: string;
  within: FactPlace;
  /** The functions of the program that have led to it, with the one around it. */
  through: readonly FactPlace[];
  place: FactPlace;
}

export interface OutgoingCall {
  client: string;
  method: string | null;
  /** If it is constant. */
  host: string | null;
  /** Null: it is not known. */
  timeout: boolean | null;
  /** It sends a mail, or another message to a person. */
  mail: boolean;
  function: string;
  place: FactPlace;
}

/** Something that is done while a transaction is open. */
export interface DoneInside {
  does: 'request' | 'mail' | 'message' | 'read' | 'write';
  /** It looks like what it does, and what does it is not known. */
  suspected?: boolean;
  /** As it is written: `stripe.refunds.create`. */
  call: string;
  /** The functions on the way to it, the outermost first, and where the last one does it; in the transaction itself none. */
  through: readonly string[];
  done: FactPlace;
  /** Where that is in the transaction. */
  place: FactPlace;
}

export interface Transaction {
  /** What it was begun on, and what stands for it, as they are written; empty: it is not known. */
  client: string;
  handle: string;
  inside: readonly DoneInside[];
  /** Queries on the client itself while it is open. `through`, `done`: as above. */
  beside: readonly { call: string; through: readonly string[]; done: FactPlace; place: FactPlace }[];
  function: string;
  place: FactPlace;
}

/** A query that runs once for each item of a list. */
export interface Repeated {
  call: string;
  /** The functions on the way to it, and where the last one asks. */
  through: readonly string[];
  asked: FactPlace;
  /** Where the loop begins, and what it goes over. */
  loop: FactPlace;
  over: string;
  /** It was read from the database. */
  ofRows: boolean;
  /** All rounds begin at once. */
  atOnce: boolean;
  function: string;
  /** Where that is in the loop. */
  place: FactPlace;
}

/** A number that is read from a row, changed, and written back by the same function. */
export interface Overwrite {
  /** `account.balance` */
  value: string;
  read: FactPlace;
  written: FactPlace;
  function: string;
  /** The function around it, with those around that. */
  within: FactPlace;
  /** Where it is changed. */
  place: FactPlace;
}

export interface Message {
  client: string;
  /** Queue, topic, channel or job; null: it is not known. */
  name: string | null;
  /** Of a consumer: whether a message counts as done before the work is. Null: it is not known. */
  automatic: boolean | null;
  /** Of a consumer: what is called with each message. */
  handler: { place: FactPlace | null };
  function: string;
  place: FactPlace;
}

/** A function that callers reach by a name, and not by a path of its own. */
export interface Procedure {
  by: ProcedureKind;
  /** `orders.list`, `Query.orders`, `shop.v1.Orders/GetOrder`, the event that it listens to. */
  name: string;
  /** Of tRPC and GraphQL: whether it may change something. */
  operation: 'query' | 'mutation' | null;
  /** Under which path, or in which namespace, it is served. Null: it is not known. */
  at: string | null;
  /** Something that stands on it turns callers away who may not do it. */
  authorised: boolean;
  /** All of its name is known. */
  whole: boolean;
  /** What it is called with, in its order; of GraphQL each argument with its type. */
  takes: readonly { name: string; type: string | null; required: boolean }[];
  /** Of GraphQL: whether what it gives has fields, of which a query must name some. Null: it is not known. */
  fields: boolean | null;
  handler: { name: string; place: FactPlace | null };
  place: FactPlace;
}

/** A setting that the program reads from outside of it. */
export interface Setting {
  name: string;
  /** By its name. */
  secret: boolean;
  place: FactPlace;
}

export const SLIPS = [
  'absent-result-used',
  'answered-twice',
  'cache-key-too-wide',
  'check-turned',
  'charged-twice',
  'checked-then-changed',
  'error-lost',
  'failed-result-used',
  'field-without-lock',
  'id-before-write',
  'lock-kept',
  'lock-taken-twice',
  'map-replaced',
  'method-unguarded',
  'map-shared-by-requests',
  'outer-shadowed',
  'query-in-loop',
  'query-in-recursion',
  'redis-value-without-expiry',
  'amount-unchecked',
  'rejection-unheard',
  'release-skipped',
  'row-bound-to-request',
  'row-unasked',
  'rows-of-all',
  'times-mixed',
  'row-without-parent',
  'row-created-twice',
  'row-of-anybody',
  'secret-field-sent',
  'shared-map-written',
  'socket-refused-unheard',
  'loaded-value-written',
  'token-used-twice',
  'transaction-dropped',
  'transaction-unused',
  'writes-without-transaction',
] as const;
export type SlipKind = (typeof SLIPS)[number];

/** A place that goes wrong at times: when two requests come at once, when a call fails. Each kind is a rule. */
export interface Slip {
  kind: SlipKind;
  /** Whether harm comes of it, the code does not show. */
  suspected?: boolean;
  /** Every fact that makes it a flaw was seen. */
  certain?: true;
  /** What the rule's texts name. */
  names: Readonly<Record<string, string>>;
  /** Of a row that is made where none was found: what it is called, and what it was looked for by. */
  row?: { nouns: string[]; by: string[] };
  /** Functions that make it one as well: a change of them may be what is to be spoken of. */
  also?: readonly FactPlace[];
  function: string;
  place: FactPlace;
}

/** What the code of a backend says about itself, as plain data with places. */
export interface Facts {
  routes: readonly Route[];
  answers: readonly Answer[];
  statuses: readonly NamedStatus[];
  inputs: readonly Input[];
  queries: readonly Query[];
  outgoing: readonly OutgoingCall[];
  consumers: readonly Message[];
  producers: readonly Message[];
  procedures: readonly Procedure[];
  settings: readonly Setting[];
  transactions: readonly Transaction[];
  overwrites: readonly Overwrite[];
  repeated: readonly Repeated[];
  slips: readonly Slip[];
}
