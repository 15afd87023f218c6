import type { Outline } from '../analysis/outline/outline.ts';
import type { SelectedFile } from '../change/selected-file.ts';
import type { FileKind } from '../change/source-file.ts';
import { indexPaths } from '../languages/path-index.ts';
import { resolveModule } from '../languages/resolve-module.ts';
import { listTableNames } from './table-names.ts';

interface Tie {
  from: string;
  to: string;
  weight: number;
}

const IMPORT = 5;
/** What a contract names, by its kind. Each is linear in the text. */
const CONTRACTS: Partial<Record<FileKind, readonly RegExp[]>> = {
  protobuf: [/\b(?:rpc|message|service|enum)\s+(\w{3,})/g],
  openapi: [/\boperationId["']?\s*:\s*["']?(\w{3,})/g],
  graphql: [/\b(?:type|input|enum|interface|scalar)\s+(\w{3,})/g, /^\s+(\w{3,})\s*(?:\([^)\n]{0,200}\))?\s*:/gm],
};
const LEAST_NAME = 4;
/** Words of a text that are looked at. */
const MOST_WORDS = 60_000;

/** Which of the changed files belong together, the closest first. */
export function findTies(files: readonly SelectedFile[], outlines: ReadonlyMap<string, Outline>): Tie[] {
  const weights = new Map<string, Tie>();
  const tie = (a: string, b: string, weight: number): void => {
    if (a === b) return;
    const [from, to] = a < b ? [a, b] : [b, a];
    const key = JSON.stringify([from, to]);
    const known = weights.get(key);
    weights.set(key, { from, to, weight: weight + (known?.weight ?? 0) });
  };
  const index = indexPaths(files.map(({ path }) => path));
  const definers = new Map<string, Set<string>>();
  // Who implements a contract declares its names again.
  const contracts = new Map<string, Set<string>>();
  for (const file of files) {
    const outline = outlines.get(file.path);
    for (const { from } of outline?.imports ?? [])
      for (const path of resolveModule(index, file.path, from)) tie(file.path, path, IMPORT);
    for (const name of listDefined(file, outline)) {
      const map = CONTRACTS[file.kind] ? contracts : definers;
      map.set(name, (map.get(name) ?? new Set()).add(file.path));
    }
  }
  for (const file of files) {
    for (const word of new Set((file.text.match(/\w+/g) ?? []).slice(0, MOST_WORDS))) {
      // A name that several files define says nothing of which one is meant.
      for (const map of [definers, contracts]) {
        const [only, ...others] = map.get(word) ?? [];
        if (only !== undefined && others.length === 0) tie(file.path, only, 1);
      }
    }
  }
  return [...weights.values()].sort((a, b) => b.weight - a.weight || (a.from + a.to < b.from + b.to ? -1 : 1));
}

/** Names that others may use: what is declared at the top of a file, what a contract names, the tables of a migration. */
function listDefined({ kind, text }: SelectedFile, outline: Outline | undefined): string[] {
  const own = (outline?.declarations ?? []).filter(({ kind: of }) => of !== 'route').map(({ name }) => name);
  const contract = (CONTRACTS[kind] ?? []).flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  const tables = kind === 'sql' ? listTableNames(text) : [];
  return [...new Set([...own, ...contract.map(lowerFirst), ...contract, ...tables])].filter(
    (name) => name.length >= LEAST_NAME,
  );
}

/** `CreateOrder` of a contract is `createOrder` in TypeScript. */
function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
