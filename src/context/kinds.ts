import type { Piece } from './context.ts';

/** Kinds of what is shown beside the changed lines. An evaluation leaves some out, to see what they earn. */
export const KINDS = [
  'functions',
  'definitions',
  'callers',
  'removed',
  'siblings',
  'mounts',
  'tables',
  'documents',
  'intent',
  'guidance',
] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_OF: Record<Piece['role'], Kind> = {
  definition: 'definitions',
  caller: 'callers',
  'caller of what was removed': 'callers',
  'removed file': 'removed',
  sibling: 'siblings',
  mount: 'mounts',
  table: 'tables',
  'same table': 'tables',
  document: 'documents',
};
