import type { Comparison, ContractHit, Hit, Place, Relief } from '../hit.ts';
import { compareSchemas, type Sides } from './compare-schemas.ts';
import { describeWay, findLostWay, listWaysIn } from './compare-security.ts';
import { decideRelief } from './decide-relief.ts';
import { listOperations, type Operation } from './list-operations.ts';
import { parseSpec, type SpecNode } from './parse-spec.ts';
import { resolveRef } from './resolve-ref.ts';

/** Pairs of schemas that are compared: a specification of a megabyte has a tenth. */
const MOST_STEPS = 200_000;

/**
 * What a client of the base meets at the head, operation by operation. A schema that many operations share breaks once, and the
 * finding counts them.
 */
export function compareSpecs(baseText: string, headText: string): Comparison {
  const base = parseSpec(baseText);
  if (typeof base === 'string') return { hits: [], gap: `the text before was not compared: ${base}` };
  const head = parseSpec(headText);
  if (typeof head === 'string') return { hits: [], gap: head };
  const found = new Map<string, Hit & { operations: Set<string> }>();
  let steps = 0;
  let current = { key: '', relief: null as Relief | null };
  const sides: Sides = {
    base,
    head,
    step: () => ++steps <= MOST_STEPS,
    note: (kind, place, where, values) => {
      const { symbol, id } = identify(kind, place, where, values.NAME);
      const known = found.get(id);
      if (known) {
        known.operations.add(current.key);
        // Each of those that break must have been announced.
        if (current.relief === null) known.relief = null;
        return;
      }
      const { relief } = current;
      found.set(id, {
        kind,
        place,
        symbol,
        values: { ...values, WHERE: where },
        relief,

        operations: new Set([current.key]),
      });
    },
  };
  const after = listOperations(head);
  for (const [key, operation] of listOperations(base)) {
    current = { key, relief: decideRelief(base, head, operation) };
    const now = after.get(key);
    if (now) compareOperations(sides, operation, now);
    else sides.note('operation-removed', placeOf(operation, after), '', { NAME: operation.name });
  }
  return {
    hits: [...found]
      .filter(([id]) => !isTwin(id, found))
      .map(([, { operations, ...hit }]) => ({
        ...hit,
        values: { ...hit.values, WHERE: hit.values.WHERE + describeMore(operations.size - 1) },
      })),
    gap: steps > MOST_STEPS ? `more than ${MOST_STEPS} pairs of schemas; the rest was not compared` : null,
  };
}

/** The same part of the same schema is one break, whoever uses it. */
function identify(kind: ContractHit, { base, head, up }: Place, where: string, name: string) {
  const lines = [base, head, up?.base, up?.head].map((span) => span?.startLine ?? 0).join(' ');
  const part = kind.startsWith('authentication-') ? '' : name.split(/[.\]]/).at(-1);
  const id = kind === 'operation-removed' ? `${kind} ${name}` : `${kind} ${lines} ${part}`;
  return { id, symbol: where === '' ? name : `${where} ${name}` };
}

/** What breaks whoever sends and whoever reads is said to the readers: they are the more. */
function isTwin(id: string, found: ReadonlyMap<string, unknown>): boolean {
  return id.startsWith('request-') && found.has(id.replace('request-', 'answer-'));
}

function describeMore(others: number): string {
  return others < 1 ? '' : ` and ${others} more operation${others === 1 ? '' : 's'}`;
}

function placeOf({ node, pathNode, path }: Operation, after: ReadonlyMap<string, Operation>): Place {
  const left = [...after.values()].find((one) => one.path === path);
  return {
    base: left ? node : pathNode,
    head: null,
    owner: true,
    up: { base: pathNode, head: left?.pathNode ?? null, up: null },
  };
}

function compareOperations(sides: Sides, before: Operation, after: Operation): void {
  const path: Place = { base: before.pathNode, head: after.pathNode, owner: true, up: null };
  const place: Place = { base: before.node, head: after.node, owner: true, up: path };
  compareParameters(sides, before, after, place);
  compareBodies(sides, before, after, place);
  compareAnswers(sides, before, after, place);
  const ways = listWaysIn(sides.base, before.node);
  const now = listWaysIn(sides.head, after.node);
  const lost = findLostWay(ways, now);
  if (!lost) return;
  const own = { base: before.node.members?.get('security') ?? null, head: after.node.members?.get('security') ?? null };
  const all = { base: sides.base.members?.get('security') ?? null, head: sides.head.members?.get('security') ?? null };
  sides.note(
    lost.size === 0 ? 'authentication-added' : 'authentication-changed',
    own.base || own.head ? { ...own, up: place } : { ...all, up: null },
    '',
    { NAME: after.name, BEFORE: describeWay(lost), AFTER: now.map(describeWay).join(', or ') },
  );
}

function compareParameters(sides: Sides, before: Operation, after: Operation, up: Place): void {
  const where = `\`${after.name}\``;
  for (const [key, base] of before.parameters) {
    // What is in the path is named by the path.
    if (key === 'body' || key.startsWith('path ')) continue;
    const head = after.parameters.get(key);
    if (!head) {
      sides.note('parameter-removed', { base, head: null, up }, where, { NAME: nameOf(key) });
      continue;
    }
    const place: Place = { base, head, up };
    if (!isRequired(base) && isRequired(head) && !hasDefault(sides.head, head))
      sides.note(
        'parameter-required',
        { base: base.members?.get('required') ?? null, head: head.members?.get('required') ?? null, up: place },
        where,
        { NAME: nameOf(key) },
      );
    const schemas = { base: base.members?.get('schema') ?? base, head: head.members?.get('schema') ?? head };
    compareSchemas(sides, schemas, 'request', where, nameOf(key), place);
  }
  for (const [key, head] of after.parameters)
    if (
      key !== 'body' &&
      !key.startsWith('path ') &&
      isRequired(head) &&
      !before.parameters.has(key) &&
      !hasDefault(sides.head, head)
    )
      sides.note('parameter-required', { base: null, head, up }, where, { NAME: nameOf(key) });
}

/** `query limit` is what a reader calls `limit`. */
function nameOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

function isRequired(node: SpecNode): boolean {
  return node.members?.get('required')?.value === true;
}

function hasDefault(root: SpecNode, parameter: SpecNode): boolean {
  const schema = parameter.members?.get('schema');
  return (
    parameter.members?.has('default') ||
    (schema ? (resolveRef(root, schema).node.members?.has('default') ?? false) : false)
  );
}

function compareBodies(sides: Sides, before: Operation, after: Operation, up: Place): void {
  const where = `\`${after.name}\``;
  const base = bodyOf(sides.base, before);
  const head = bodyOf(sides.head, after);
  if (head && isRequired(head) && !(base && isRequired(base)))
    if (!base)
      // Swagger 2 and 3 default to an optional body, and few write what they mean: only a body that is new is sure.
      sides.note('body-required', { base: null, head, up }, where, { NAME: 'the body' });
  if (!base || !head) return;
  compareContents(sides, base, head, 'request', where, { base, head, up });
}

function bodyOf(root: SpecNode, { node, parameters }: Operation): SpecNode | null {
  const body = node.members?.get('requestBody');
  return body ? resolveRef(root, body).node : (parameters.get('body') ?? null);
}

function compareAnswers(sides: Sides, before: Operation, after: Operation, up: Place): void {
  const [old, now] = [before, after].map(({ node }) => node.members?.get('responses'));
  if (!old?.members || !now?.members) return;
  const place: Place = { base: old, head: now, up };
  for (const [status, given] of old.members) {
    const answer = now.members.get(status) ?? now.members.get(`${status[0]}XX`) ?? now.members.get(`${status[0]}xx`);
    const base = resolveRef(sides.base, given).node;
    const where = `\`${after.name}\` (answer ${status})`;
    if (answer) {
      const head = resolveRef(sides.head, answer).node;
      compareContents(sides, base, head, 'answer', where, { base: given, head: answer, up: place });
    } else if (status.startsWith('2') && !now.members.has('default')) {
      const left = [...now.members.keys()].filter((one) => /^[23]/.test(one)).join(', ');
      sides.note('status-removed', { base: given, head: null, up: place }, `\`${after.name}\``, {
        NAME: status,
        AFTER: left || 'none',
      });
    }
  }
}

/** Of OpenAPI 3 by media type; of Swagger 2 the one schema. */
function compareContents(
  sides: Sides,
  base: SpecNode,
  head: SpecNode,
  direction: 'request' | 'answer',
  where: string,
  up: Place,
): void {
  const [old, now] = [base.members?.get('content')?.members, head.members?.get('content')?.members];
  if (!old || !now) {
    const schemas = { base: base.members?.get('schema'), head: head.members?.get('schema') };
    if (schemas.base && schemas.head)
      compareSchemas(sides, { base: schemas.base, head: schemas.head }, direction, where, '', up);
    return;
  }
  for (const [type, content] of old) {
    const same = now.get(type);
    if (!same) {
      sides.note('media-type-removed', { base: content, head: null, up }, where, {
        NAME: type,
        AFTER: [...now.keys()].join(', ') || 'none',
      });
      continue;
    }
    const schemas = { base: content.members?.get('schema'), head: same.members?.get('schema') };
    if (schemas.base && schemas.head)
      compareSchemas(sides, { base: schemas.base, head: schemas.head }, direction, where, '', up);
  }
}
