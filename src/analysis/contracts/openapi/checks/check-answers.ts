import { HIDDEN, SECRET_FIELD } from '../../secret-field.ts';
import { listWaysIn } from '../compare-security.ts';
import type { Operation } from '../list-operations.ts';
import type { SpecNode } from '../parse-spec.ts';
import { resolveRef } from '../resolve-ref.ts';
import { listFields, listSchemas } from './list-fields.ts';
import { MUTATIONS, type Spot, type View } from './view.ts';

/** What answers say, and what they should not. */
export function checkAnswers(view: View): void {
  checkFailures(view);
  checkSecrets(view);
  const { root, operations, noteOnce } = view;
  const limited = operations.flatMap(({ node, name }): Spot[] => {
    const given = node.members?.get('responses')?.members?.get('429');
    if (!given) return [];
    const answer = resolveRef(root, given);
    const headers = [...(answer.node.members?.get('headers')?.members?.keys() ?? [])];
    const isTold = answer.outside !== null || headers.some((header) => /^retry-after$|ratelimit/i.test(header));
    return isTold ? [] : [{ node: given, name: `\`${name}\`` }];
  });
  noteOnce('retry-unsaid', limited);
}

/** A value that is read again and again; one that is shown once, after it was made, is the answer of another method. */
function checkSecrets({ root, operations, noteOnce }: View): void {
  const roots = operations
    .filter(({ method }) => method === 'get')
    .flatMap((operation) =>
      [...(operation.node.members?.get('responses')?.members ?? [])]
        .filter(([status]) => /^2|^default$/.test(status))
        .flatMap(([, answer]) => listSchemas(resolveRef(root, answer).node).map((node) => ({ node, operation }))),
    );
  const found = listFields(root, roots).filter(
    ({ name, node, schema }) =>
      SECRET_FIELD.test(name) &&
      schema.types?.has('string') === true &&
      node.members?.get('writeOnly')?.value !== true &&
      !HIDDEN.test(String(node.members?.get('description')?.value ?? '')),
  );
  noteOnce(
    'secret-in-answer',
    found.map(({ node, name, operation }) => ({ node, name: `\`${name}\` in the answer of \`${operation.name}\`` })),
  );
}

/** Nobody waits for what these say. */
const ASIDE = /(?:^|\/)(?:health\w*|ping|ready\w*|live\w*|status|metrics|version)(?:\/|$)/i;

interface Failure {
  statuses: readonly string[];
  words: string;
  asks: (operation: Operation) => boolean;
}

/** Compared with its siblings where most describe a failure; else it is one wish for the whole document. */
function checkFailures({ root, operations: all, note, noteOnce }: View): void {
  const operations = all.filter(({ method, path }) => !/^(?:head|options|trace)$/.test(method) && !ASIDE.test(path));
  const failures: Failure[] = [
    {
      statuses: ['401', '403'],
      words: 'without credentials (401, 403)',
      asks: ({ node }) => listWaysIn(root, node).every((way) => way.size > 0),
    },
    {
      statuses: ['400', '422'],
      words: 'to wrong input (400, 422)',
      asks: ({ node, parameters, method }) =>
        MUTATIONS.has(method) && (node.members?.has('requestBody') === true || parameters.has('body')),
    },
    { statuses: ['429'], words: 'to too many requests (429)', asks: () => true },
    { statuses: ['500'], words: 'when it fails itself (500)', asks: () => true },
  ];
  const never: string[] = [];
  const missing = new Map<Operation, string[]>();
  for (const { statuses, words, asks } of failures) {
    const asked = operations.filter(asks);
    const without = asked.filter(({ node }) => !describes(node.members?.get('responses'), statuses));
    if (asked.length > 0 && without.length === asked.length) never.push(words);
    else if (without.length * 4 <= asked.length)
      for (const one of without) missing.set(one, [...(missing.get(one) ?? []), words]);
  }
  const spots = operations.map(({ node, name }) => ({ node, name: `\`${name}\`` }));
  if (never.length > 0) noteOnce('failure-unsaid', spots, { AFTER: never.join(', ') });
  for (const [{ node, name }, words] of missing)
    note('failure-unsaid-here', node.members?.get('responses') ?? node, name, { NAME: name, WHERE: words.join(', ') });
}

function describes(responses: SpecNode | undefined, statuses: readonly string[]): boolean {
  const given = responses?.members;
  if (!given || given.has('default')) return given !== undefined && given !== null;
  return statuses.some(
    (status) => given.has(status) || [...given.keys()].some((key) => key.toUpperCase() === `${status[0]}XX`),
  );
}
