import type { FactPlace, Facts, Message, Query, Route } from '../facts/facts.ts';
import { escapeInvisible, onOneLine } from '../text/invisible.ts';

export interface FactsReport {
  facts: Facts;
  /** Files that were read. */
  files: number;
  /** Those that were not; `clipped`: they belong to the program, and facts may be missing. */
  left: readonly { path: string; reason: string; clipped: boolean }[];
  /** A budget of work was spent. */
  clipped: boolean;
}

/** For people: each kind of fact as a table, the routes first, by the file that they stand in. */
export function renderFacts({ facts, files, left, clipped }: FactsReport): string {
  const sections = [
    renderByFile('Routes', facts.routes, createRouteCells(facts.routes)),
    renderByFile('Queries', facts.queries, QUERY),
    renderByFile('Outgoing calls', facts.outgoing, (one) => [
      one.method ?? '',
      one.host ?? '…',
      one.timeout === null ? 'time limit unknown' : one.timeout ? 'time limit' : 'no time limit',
      one.client,
    ]),
    renderByFile('Consumers', facts.consumers, MESSAGE),
    renderByFile('Producers', facts.producers, MESSAGE),
    renderByFile('Procedures', facts.procedures, ({ by, name, at, takes, handler }) => [
      by,
      name,
      shorten(
        takes.map((one) => one.name),
        6,
      ),
      at ?? '',
      handler.name,
    ]),
    renderByFile('Transactions', facts.transactions, ({ client, handle, inside, beside }) => [
      client,
      `as ${handle}`,
      labelled('inside it', [
        ...new Set(inside.filter(({ does }) => !/^(?:read|write)$/.test(does)).map(({ call }) => call)),
      ]),
      labelled(
        'beside it',
        beside.map(({ call }) => call),
      ),
    ]),
    renderByFile('Repeated queries', facts.repeated, ({ call, over, through }) => [
      call,
      `for each of ${over}`,
      through.join(', '),
    ]),
    renderByFile('Overwritten values', facts.overwrites, ({ value, read }) => [
      value,
      `read in line ${read.startLine}`,
    ]),
    renderByFile('Slips', facts.slips, ({ kind, names }) => [
      kind,
      Object.entries(names).flatMap(sayOfSlip).join(', '),
    ]),
    renderSettings(facts.settings),
  ].filter((section) => section !== '');
  const notes = [
    ...left.filter((one) => one.clipped).map(({ path, reason }) => `Not read: ${onOneLine(path)}: ${reason}`),
    ...(clipped ? ['Some files ask for more work than they may cost: facts of theirs may be missing.'] : []),
  ];
  const counts = Object.entries(facts)
    .filter(([kind, all]) => all.length > 0 && !UNSHOWN.has(kind))
    .map(([kind, all]) => count(kind === 'settings' ? namesOf(facts.settings) : all.length, NAMES[kind as Counted]));
  const last = `${count(files, 'file')}: ${counts.length > 0 ? counts.join(', ') : 'no facts'}`;
  return escapeInvisible(`${[...sections, [last, ...notes].join('\n')].join('\n\n')}\n`);
}

/** Only a program reads them. */
const UNSHOWN = new Set(['statuses', 'answers', 'inputs']);

function namesOf(settings: Facts['settings']): number {
  return new Set(settings.map(({ name }) => name)).size;
}

const PARTS = new Set(['WAY', 'DOES', 'COUNTING']);

/** A part of a sentence is said as it is, without the signs that join it to the others. */
function sayOfSlip([key, name]: [string, string]): string[] {
  const said = name.trim().replace(/^,\s*|\s*,$/g, '');
  return said === '' ? [] : [PARTS.has(key) ? said : `${key.toLowerCase()} ${said}`];
}

function labelled(label: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${label} ${shorten(names, 6)}`;
}

/** A status is shown with its route. */
type Counted = Exclude<keyof Facts, 'statuses'>;

const NAMES: Readonly<Record<Counted, string>> = {
  routes: 'route',
  answers: 'answer',
  inputs: 'input',
  queries: 'query',
  outgoing: 'outgoing call',
  consumers: 'consumer',
  producers: 'producer',
  procedures: 'procedure',
  settings: 'setting',
  transactions: 'transaction',
  overwrites: 'overwritten value',
  repeated: 'repeated query',
  slips: 'slip',
};

function count(number: number, name: string): string {
  return `${number} ${number === 1 ? name : name.replace(/y$/, 'ie')}${number === 1 ? '' : 's'}`;
}

/** What runs before each of many routes and does nothing that we know is left out. */
function createRouteCells(all: readonly Route[]): (one: Route) => string[] {
  const counts = new Map<string, number>();
  for (const { middleware } of all) for (const { name } of middleware) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isCommon = (name: string): boolean => all.length > 2 && (counts.get(name) ?? 0) * 2 > all.length;
  return ({ method, path, authorised, validated, middleware, handler, statuses }) => {
    const shown = middleware.filter(({ name, does }) => does.length > 0 || !isCommon(name)).map(({ name }) => name);
    return [
      method,
      path,
      [authorised ? 'auth' : 'open', validated ? 'validated' : ''].filter((word) => word !== '').join(', '),
      handler.name,
      statuses.join(' '),
      shown.length > 0 ? `after ${shown.join(', ')}` : '',
    ];
  };
}

const QUERY = ({ operation, tables, columns, filter, open, limit, transaction, lock }: Query): string[] => [
  operation,
  tables.join(', '),
  columns.length > 0 ? shorten(columns, 6) : '',
  filter.length > 0 || open ? `where ${shorten([...filter, ...(open ? ['…'] : [])], 6)}` : '',
  limit === null ? '' : `limit ${limit}`,
  [transaction ? 'transaction' : '', lock === null ? '' : `for ${lock}`].filter((word) => word !== '').join(', '),
];

const MESSAGE = ({ name, automatic, client }: Message): string[] => [
  name ?? '…',
  client,
  automatic === null ? '' : automatic ? 'acknowledged before the work' : 'acknowledged by the code',
];

function shorten(names: readonly string[], most: number): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')}, … (${names.length})`;
}

function renderByFile<T extends { place: FactPlace }>(
  title: string,
  all: readonly T[],
  cells: (one: T) => string[],
): string {
  if (all.length === 0) return '';
  const rows = all.map((one) => ({
    path: one.place.path,
    cells: [String(one.place.startLine), ...cells(one).map(onOneLine)],
  }));
  const widths =
    rows[0]?.cells.map((_, column) => Math.min(48, Math.max(...rows.map((row) => row.cells[column]?.length ?? 0)))) ??
    [];
  const blocks = [...Map.groupBy(rows, ({ path }) => path)].map(([path, own]) =>
    [
      `  ${onOneLine(path)}`,
      ...own.map((row) =>
        `    ${row.cells
          .map((cell, column) => (column === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[column] ?? 0)))
          .filter((_, column) => (widths[column] ?? 0) > 0)
          .join('  ')}`.trimEnd(),
      ),
    ].join('\n'),
  );
  return [`${title} (${all.length})`, ...blocks].join('\n');
}

/** A setting once, with the places that read it. */
function renderSettings(all: Facts['settings']): string {
  if (all.length === 0) return '';
  const byName = [...Map.groupBy(all, ({ name }) => name)].sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(...byName.map(([name]) => name.length));
  const rows = byName.map(([name, ones]) => {
    const places = ones.map(({ place }) => `${onOneLine(place.path)}:${place.startLine}`);
    return `    ${name.padEnd(width)}  ${ones[0]?.secret ? 'secret' : '      '}  ${shorten(places, 3)}`;
  });
  return [`Settings (${byName.length})`, ...rows].join('\n');
}
