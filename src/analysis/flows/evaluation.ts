import type { SgNode } from '@ast-grep/napi';
import type { Budget } from './budget.ts';
import type { Placed } from './definitions.ts';
import type { Dialect, FunctionFacts } from './dialect.ts';
import type { FileIndex } from './file-index.ts';
import type { LanguageFlow } from './flow.ts';
import type { Value } from './value.ts';

/** Values of a function's parameters while it is evaluated for one call. They hold between `start` and `end`. */
export interface Bindings {
  start: number;
  end: number;
  values: ReadonlyMap<string, Value>;
  /** Those of the functions around it. */
  outer: Bindings | null;
}

export interface Frame {
  depth: number;
  bindings: Bindings | null;
  /** Definitions being resolved: a loop such as `q = q + x` ends here. */
  open: ReadonlySet<Placed | SgNode>;
}

/** One flow over one file: what every step of an evaluation needs. */
export interface Evaluation {
  dialect: Dialect;
  flow: LanguageFlow;
  text: string;
  index: () => FileIndex;
  budget: Budget;
  visit(node: SgNode, frame: Frame): Value;
  visitMember(object: SgNode, property: string, node: SgNode, frame: Frame): Value;
  memo: Memo;
}

/**
 * What a definition is worth under some bindings is computed once. A value that was cut short at a definition further up is not
 * remembered: there it would be another one.
 */
export interface Memo {
  get(key: object, bindings: Bindings | null, make: () => Value): Value;
  /** The evaluation did not go into this one, because it is being evaluated already or lies too deep. */
  cut(key: object): void;
  /** One object for keys that are alike. */
  keyOf(text: string): object;
  returnsOf(fn: SgNode): readonly SgNode[];
  parametersOf(fn: SgNode): readonly string[];
  factsOf(fn: SgNode): FunctionFacts;
}

export function createMemo(dialect: Dialect): Memo {
  const known = new Map<object | null, Map<object, Value>>();
  let cuts = new Set<object>();
  const keys = new Map<string, object>();
  const once = <T>(read: (fn: SgNode) => T): ((fn: SgNode) => T) => {
    const made = new Map<number, { value: T }>();
    return (fn) => {
      const found = made.get(fn.id()) ?? { value: read(fn) };
      made.set(fn.id(), found);
      return found.value;
    };
  };
  return {
    keyOf: (text) => {
      const key = keys.get(text) ?? {};
      keys.set(text, key);
      return key;
    },
    returnsOf: once((fn) => dialect.readReturns(fn)),
    parametersOf: once((fn) => dialect.readParameters(fn)),
    factsOf: once((fn) => dialect.readFunction(fn)),
    cut: (key) => cuts.add(key),
    get: (key, bindings, make) => {
      const mine = known.get(bindings) ?? new Map<object, Value>();
      known.set(bindings, mine);
      const before = mine.get(key);
      if (before) return before;
      const outer = cuts;
      cuts = new Set();
      const value = make();
      cuts.delete(key);
      if (cuts.size === 0) mine.set(key, value);
      cuts = new Set([...outer, ...cuts]);
      return value;
    },
  };
}

/** The bindings that can be seen from a position: those of functions around it. */
export function bindingsAt(bindings: Bindings | null, position: number): Bindings | null {
  let at = bindings;
  while (at && !(at.start <= position && position < at.end)) at = at.outer;
  return at;
}
