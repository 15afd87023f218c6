import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change, ChangedFile, Snapshot } from '../change/change.ts';
import type { RawFinding } from '../findings/finding.ts';
import { decideSelection, isTest } from '../scope/select.ts';
import { packageOf } from '../text/package-of.ts';
import { editFindings, listFound } from './edit-findings.ts';

const HEAD = /^\s*(?:extend\s+)?(?:type|interface|input|enum|union|scalar|message|service)\s+(\w+)/;
const FIELD = /(?:^|[{,\s])(\w+)\s*[(:]/g;

/** What the change writes into a file: `Order`, `Order.note`. */
interface Written {
  path: string;
  kind: string | null;
  names: ReadonlySet<string>;
}

/**
 * A type, or a field of one, that is gone from one file of a schema is not gone where the change writes it into another file of the
 * same kind: `extend type Order { note: String }`, a message that has a file of its own now. In another package it is another message:
 * `shop.v2.Order` is no `shop.v1.Order`. What tests write serves nobody.
 */
export async function dropRedefined(
  analyses: readonly FileAnalysis[],
  { files }: Pick<Change, 'files'>,
  snapshot: Pick<Snapshot, 'readHead'>,
): Promise<readonly FileAnalysis[]> {
  const isAsked = ({ defined }: RawFinding): boolean => defined !== undefined;
  if (!analyses.some((one) => listFound(one).some(isAsked))) return analyses;
  const written = files.flatMap((file) => (isTest(file.path) ? [] : [readWritten(file)]));
  const holders = Map.groupBy(
    written.flatMap((file) => [...file.names].map((name) => ({ name, file }))),
    ({ name }) => name,
  );
  const spaces = await readSpaces(written, snapshot);
  return await editFindings(analyses, isAsked, async ({ defined, ...finding }, path) => {
    const kind = kindOf(path);
    const { type = '', member = null, space = null } = defined ?? {};
    const isThere = (holders.get(member === null ? type : `${type}.${member}`) ?? []).some(
      ({ file }) => file.path !== path && file.kind === kind && (space === null || spaces.get(file.path) === space),
    );
    return isThere ? null : finding;
  });
}

/** The packages of protobuf: their line is seldom one that the change writes. */
async function readSpaces(
  written: readonly Written[],
  snapshot: Pick<Snapshot, 'readHead'>,
): Promise<ReadonlyMap<string, string>> {
  const paths = written.flatMap(({ path, names }) => (path.endsWith('.proto') && names.size > 0 ? [path] : []));
  const read = paths.length > 0 ? await snapshot.readHead(paths) : new Map();
  return new Map([...read].map(([path, one]) => [path, one.kind === 'text' ? packageOf(one.text) : '?'] as const));
}

function kindOf(path: string): string | null {
  const selection = decideSelection(path);
  return 'kind' in selection ? selection.kind : null;
}

function readWritten({ path, hunks }: ChangedFile): Written {
  const names = new Set<string>();
  if (/\.(?:graphqls?|gql|proto)$/.test(path))
    for (const { lines } of hunks ?? []) {
      let type: string | null = null;
      for (const { kind, text } of lines) {
        if (kind === 'removed') continue;
        const head = HEAD.exec(text)?.[1];
        type = head ?? (/^\s*\}/.test(text) ? null : type);
        if (kind !== 'added' || type === null) continue;
        if (head !== undefined) names.add(head);
        for (const [, field = ''] of text.matchAll(FIELD)) names.add(`${type}.${field}`);
      }
    }
  return { path, kind: kindOf(path), names };
}
