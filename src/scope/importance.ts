import type { FileKind } from '../change/source-file.ts';

const ORDER: Record<FileKind, number> = {
  sql: 0,
  typescript: 1,
  javascript: 1,
  python: 1,
  go: 1,
  dockerfile: 2,
  openapi: 3,
  graphql: 3,
  protobuf: 3,
  config: 3,
  credentials: 3,
  yaml: 4,
  workflow: 4,
  view: 4,
  test: 5,
};

/** What a budget is spent on first: code that runs or alters data before what describes it; small files before large ones. */
export function compareImportance(a: { kind: FileKind; text?: string }, b: { kind: FileKind; text?: string }): number {
  return ORDER[a.kind] - ORDER[b.kind] || (a.text?.length ?? 0) - (b.text?.length ?? 0);
}
