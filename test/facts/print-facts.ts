import type { Facts } from '../../src/facts/facts.ts';

/** Facts as lines, each with its place. */
export function printFacts(facts: Facts): string[] {
  const at = ({ place }: { place: { path: string; startLine: number } }): string => `${place.path}:${place.startLine}`;
  const say = (...words: (string | false | null)[]): string => words.filter((word) => word).join(' ');
  return [
    ...facts.routes.map((one) =>
      say(
        at(one),
        one.method,
        one.path,
        one.authorised && 'auth',
        one.validated && 'validated',
        one.handler.name.replaceAll(' ', '-'),
        one.middleware.length > 0 && `after ${one.middleware.map(({ name }) => name).join(', ')}`,
        one.statuses.length > 0 && `-> ${one.statuses.join(' ')}`,
      ),
    ),
    ...facts.answers.map((one) =>
      say(
        at(one),
        'answers',
        (one.route ?? one.function).replaceAll(' ', ':'),
        one.status !== null && String(one.status),
        `(${one.fields.join(',')})`,
        one.open.length > 0 && `open ${one.open.map((name) => name || '…').join(',')}`,
      ),
    ),
    ...facts.inputs.map((one) =>
      say(at(one), 'takes', (one.route ?? one.function).replaceAll(' ', ':'), one.name, one.required && 'required'),
    ),
    ...facts.queries.map((one) =>
      say(
        at(one),
        one.operation,
        one.tables.join(','),
        `(${one.columns.join(',')})`,
        (one.filter.length > 0 || one.open) && `where ${[...one.filter, ...(one.open ? ['…'] : [])].join(',')}`,
        one.limit !== null && `limit ${one.limit}`,
        one.transaction && 'transaction',
        one.lock && `for ${one.lock}`,
      ),
    ),
    ...facts.outgoing.map((one) =>
      say(at(one), 'calls', one.client, one.method, one.host ?? '…', `timeout ${one.timeout ?? 'unknown'}`),
    ),
    ...facts.consumers.map((one) =>
      say(at(one), 'consumes', one.name ?? '…', `automatic ${one.automatic ?? 'unknown'}`),
    ),
    ...facts.producers.map((one) => say(at(one), 'produces', one.name ?? '…')),
    ...facts.procedures.map((one) =>
      say(
        at(one),
        'procedure',
        one.by,
        one.name.replaceAll(' ', '-'),
        `(${one.takes.map(({ name, type, required }) => `${name}${type ? `:${type}` : ''}${required ? '' : '?'}`).join(',')})`,
        one.fields !== null && (one.fields ? 'with fields' : 'a leaf'),
        one.at !== null && `at ${one.at}`,
        !one.whole && 'in part',
      ),
    ),
    ...facts.transactions.flatMap((one) => [
      say(at(one), 'transaction', one.client, one.handle && `as ${one.handle}`),
      ...one.inside.map((each) =>
        say(at(each), 'inside', each.does, each.call, each.through.length > 0 && `through ${each.through.join(', ')}`),
      ),
      ...one.beside.map((each) => say(at(each), 'beside', each.call)),
    ]),
    ...facts.repeated.map((one) =>
      say(
        at(one),
        'repeats',
        one.call,
        `for each of ${one.over.replaceAll(' ', '')}`,
        one.through.length > 0 && `through ${one.through.join(', ')}`,
      ),
    ),
    ...facts.overwrites.map((one) =>
      say(at(one), 'overwrites', one.value, `read in ${one.read.startLine}, written in ${one.written.startLine}`),
    ),
    ...facts.slips.map((one) =>
      say(
        at(one),
        'slips',
        one.kind,
        ...Object.entries(one.names).map(([key, name]) => `${key.toLowerCase()} ${name}`),
      ),
    ),
    ...facts.settings.map((one) => say(at(one), 'reads', one.name, one.secret && 'secret')),
  ];
}
