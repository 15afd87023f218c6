import type { Expression, FunctionForm, Statement, TypeForm } from '../form.ts';
import type { Syntax } from '../syntax-node.ts';

/** What is known of the file while it is lowered, and what was lowered so far. */
export interface File {
  text: string;
  functions: FunctionForm[];
  types: TypeForm[];
  /** What the file imports, by its name here. */
  packages: ReadonlyMap<string, string>;
  /** Types that the file declares, by name: a composite literal says only the name of what it makes. */
  declared: Map<string, Syntax>;
  /** Constants and variables of this file: they are no types. */
  values: Set<string>;
  /** Names of fields that are channels: `for x := range s.jobs` gives items and no keys. */
  channels: Set<string>;
  /** The parts of the front end call each other through these, so that their files import in one direction. */
  lower: {
    expression: (node: Syntax, scope: Scope) => Expression;
    /** A statement is none, one or several in the form. */
    statement: (node: Syntax, scope: Scope) => Statement[];
    /** The statements of a block or of a list of them. */
    body: (node: Syntax | null, scope: Scope) => Statement[];
  };
}

/** The function that is lowered. */
export interface Scope {
  file: File;
  id: number;
  /** How many names were made up in it. */
  made: number;
  /** The function that it is written in. */
  around: Scope | null;
  /** Its variables and parameters that are channels. */
  channels: Set<string>;
  /** Its named results: a bare `return` gives them. */
  results: readonly string[];
  /** The bodies of functions that it has deferred so far and that set its one result. */
  deferred: readonly Syntax[];
  /** Type parameters in reach: they say nothing of a value. */
  typeParameters: ReadonlySet<string>;
  /** The index of the specification in its `const` block. */
  iota: number;
}

export function createScope(file: File, id: number, around: Scope | null): Scope {
  return {
    file,
    id,
    made: 0,
    around,
    channels: new Set(),
    results: [],
    deferred: [],
    typeParameters: around?.typeParameters ?? new Set(),
    iota: 0,
  };
}

/** Whether a variable in reach is a channel. */
export function isChannel(name: string, scope: Scope): boolean {
  for (let at: Scope | null = scope; at; at = at.around) if (at.channels.has(name)) return true;
  return false;
}

/** `$0`, `$1`, …: no name of Go begins so. */
export function makeName(scope: Scope): string {
  return `$${scope.made++}`;
}

export function textOf(node: Syntax, file: File): string {
  return file.text.slice(node.start, node.end);
}
