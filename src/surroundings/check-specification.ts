import type { FileAnalysis } from '../analysis/process/task.ts';
import { isSampleFolder } from '../change/beside.ts';
import type { Repository } from '../change/repository.ts';
import { AppError } from '../errors.ts';
import type { RawFinding } from '../findings/finding.ts';
import { editFindings, listFound } from './edit-findings.ts';
import {
  findOperation,
  indexShapes,
  joinRoutes,
  type Operation,
  readSpecification,
  type Shapes,
} from './read-specification.ts';

type Specified = NonNullable<RawFinding['specified']>;

export interface Specification {
  path: string;
  shapes: Shapes;
  /** Each word of its text: a key, or a name of a parameter or of a list of required fields. */
  words: ReadonlySet<string>;
  /** Of the routes of each file, which are asked for with each finding. */
  joins: Map<string, ReturnType<typeof joinRoutes>>;
}

/** Files of others, and what is only tried. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third[-_]?party|tests?|__tests__|fixtures?|testdata|examples?|clients?|sdk)\//i;
const MOST_OPENED = 8;

/**
 * What a change shows to callers, looked up in the specification of the repository as it is at the head. Said only where a
 * specification describes the routes beside it, and not this one.
 */
export async function checkSpecification(
  analyses: readonly FileAnalysis[],
  { repository = null }: { repository?: Repository | null },
): Promise<FileAnalysis[]> {
  const isAsked = ({ specified }: RawFinding): boolean => specified !== undefined;
  if (!analyses.some((one) => listFound(one).some(isAsked))) return [...analyses];
  const all = repository ? await readSpecifications(repository) : [];
  return await editFindings(analyses, isAsked, async ({ specified, ...finding }, path) => {
    const words = specified && !isSampleFolder(path) ? tell(specified, all) : null;
    return words === null ? null : { ...finding, explanation: `${finding.explanation} ${words}` };
  });
}

/** Null: no specification describes what stands beside it, or one describes this too. */
function tell(specified: Specified, all: readonly Specification[]): string | null {
  const { route, name, siblings } = specified;
  const key = siblings.join('\n');
  const joined = all.flatMap((one) => {
    const join = one.joins.get(key) ?? joinRoutes(siblings, one.shapes);
    one.joins.set(key, join);
    return join ? [{ ...one, join }] : [];
  });
  const [first] = joined;
  if (!first) return null;
  const own = joined.flatMap(({ shapes, join }) => findOperation(route, join, shapes) ?? []);
  if (specified.status !== undefined) return tellStatus(specified.status, joined, own);
  if (name === null) {
    if (own.length > 0) return null;
    const [beside] = siblings.flatMap((one) => {
      const operation = findOperation(one, first.join, first.shapes);
      return operation ? [{ one, operation }] : [];
    });
    return beside
      ? `${placeOf(first.path)} describes \`${beside.one.replace(/^ANY /, '')}\` beside it (line ${beside.operation.line}), and not this one.`
      : null;
  }
  const [operation] = own;
  if (!operation) return null;
  const described = joined.filter(
    (one) => specified.beside.filter((other) => one.words.has(other)).length * 2 > specified.beside.length,
  );
  const [where] = described;
  if (!where || joined.some(({ words }) => words.has(name))) return null;
  return `${placeOf(where.path)} describes this route (line ${operation.line}) without it.`;
}

/** Said only where the answers of the operation are listed: of errors, where it lists others. */
function tellStatus(status: number, all: readonly Specification[], own: readonly Operation[]): string | null {
  if (own.some(({ statuses }) => !statuses || !isListing(status, statuses) || isListed(status, statuses))) return null;
  const [operation] = own;
  const where = all.find(({ shapes }) => [...shapes.values()].some((one) => operation && one.includes(operation)));
  return operation && where
    ? `${placeOf(where.path)} lists ${(operation.statuses ?? []).join(', ')} for this route (line ${operation.line}), and not this one.`
    : null;
}

function isListing(status: number, all: readonly string[]): boolean {
  return all.some((one) => (status < 400 ? /^[123]/ : /^[45]/).test(one));
}

function isListed(status: number, all: readonly string[]): boolean {
  const own = String(status);
  return all.some((one) => one === 'default' || one === own || one.toLowerCase() === `${own[0]}xx`);
}

function placeOf(path: string): string {
  return `\`${path.replaceAll('`', "'")}\``;
}

/** Where a specification still promises a route (a path; a method before it where that is known) that the change takes away. */
export function findPromise(
  route: string,
  field: string | null,
  all: readonly Specification[],
): { path: string; line: number } | null {
  const own = route.includes(' ') ? route : `ANY ${route}`;
  for (const { path, words, shapes } of all) {
    if (field !== null && !words.has(field)) continue;
    const join = joinRoutes([own], shapes);
    const operation = join && findOperation(own, join, shapes);
    if (operation) return { path, line: operation.line };
  }
  return null;
}

export async function readSpecifications(repository: Repository): Promise<Specification[]> {
  try {
    const { hits } = await repository.search('head', {
      texts: ['openapi: ', '"openapi": ', 'swagger: ', '"swagger": ', "swagger: '", 'openapi: "'],
      whole: false,
      globs: ['*.yaml', '*.yml', '*.json'],
      most: 400,
      mostOfFile: 2,
    });
    const paths = [...new Set(hits.filter(({ line }) => line <= 40).map(({ path }) => path))].filter(
      (path) => !FOREIGN.test(path),
    );
    const texts = await repository.readHead(paths.slice(0, MOST_OPENED));
    return [...texts].flatMap(([path, content]) => {
      if (content.kind !== 'text') return [];
      const operations = readSpecification(content.text);
      if (operations.length === 0) return [];
      const words = new Set(content.text.match(/[\w$-]+/g));
      return [{ path, shapes: indexShapes(operations), words, joins: new Map() }];
    });
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
