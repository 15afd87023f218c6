import type { SgNode } from '@ast-grep/napi';
import { FUNCTION_KINDS } from '../languages.ts';
import { type Definitions, indexDefinitions } from './definitions.ts';
import type { Dialect } from './dialect.ts';
import { type Guards, indexGuards } from './guards.ts';
import { indexRegions, type Region } from './regions.ts';

/** Everything that resolving a name needs to know of a file; made once, when the first sink asks for it. */
export interface FileIndex {
  definitions: Definitions;
  guards: Guards;
  functions: readonly Region[];
}

export function indexFile(root: SgNode, dialect: Dialect, language: keyof typeof FUNCTION_KINDS): FileIndex {
  const functions = indexRegions(root, FUNCTION_KINDS[language]);
  const blocks = indexRegions(root, dialect.blockKinds);
  return {
    functions,
    definitions: indexDefinitions(root, dialect, blocks, functions),
    guards: indexGuards(root, blocks),
  };
}
