import type { SgNode } from '@ast-grep/napi';

/** What an expression does, in words that the three languages share. */
export type Expression =
  | { kind: 'text'; text: string }
  | { kind: 'harmless' }
  | { kind: 'concat'; parts: (string | SgNode)[] }
  /** `named` are the arguments by name; null: a mapping that is not known here, so that nothing can be said of the values. */
  | {
      kind: 'format';
      template: SgNode;
      args: SgNode[];
      named: ReadonlyMap<string, SgNode> | null;
      style: 'printf' | 'braces';
    }
  | { kind: 'call'; call: Call }
  | { kind: 'name'; name: string }
  | { kind: 'member'; object: SgNode; property: string }
  | { kind: 'index'; object: SgNode; index: SgNode | null }
  | { kind: 'choice'; condition: SgNode | null; whenTrue: SgNode; whenFalse: SgNode }
  | { kind: 'wrapped'; inner: SgNode }
  | { kind: 'list'; items: SgNode[] }
  | { kind: 'repeat'; item: SgNode }
  | { kind: 'each'; item: SgNode }
  | { kind: 'unknown' };

export interface Call {
  /** Dotted text of what is called, without white space and optional chaining. */
  callee: string;
  /** The last name: the method or function. */
  name: string;
  receiver: SgNode | null;
  args: SgNode[];
  named: Map<string, SgNode>;
}

/** A place where a name gets a value. */
export interface Definition {
  name: string;
  node: SgNode;
  /**
   * `append`: adds to the text or list; `element`: one element of `value`; `parameter`, `import`: no value known; `type`: a class,
   * an enumeration, an alias of a type.
   */
  kind: 'assign' | 'append' | 'element' | 'parameter' | 'import' | 'type';
  declares: boolean;
  value: SgNode | null;
  /** The key taken out of `value` by destructuring. */
  property: string | null;
  /** Safe whatever its value: the counter of a loop, a route's number. */
  typed: 'safe' | null;
  /** The declared type, without white space. */
  type: string | null;
  /** A parameter that the framework fills from the request. */
  fromRequest: boolean;
  /** Taken apart in the parameters of what looks like a handler: `({ query }, res) =>`. */
  fromHandler: boolean;
  /** For imports: the module; `name` may be an alias of `imported` ("*" for the whole module). */
  module: string | null;
  imported: string | null;
}

/**
 * What a type lets through: `safe` no text of the caller's choosing (numbers, dates, unions of literals), `text` any, `object`
 * what its fields say; null: a name that another declaration explains.
 */
export type TypeMeaning = 'safe' | 'text' | 'object' | null;

export interface FunctionFacts {
  name: string | null;
  /** Every other file can call it: exported. A Go function of the package alone is not, nor is a method that says `private`. */
  visible: boolean;
}

/** Everything that the data-flow engine must know of a language. Pure functions of syntax nodes. */
export interface Dialect {
  /** Kinds of nodes that call something. */
  callKinds: readonly string[];
  /** Kinds of nodes that `readDefinitions` understands. */
  definitionKinds: readonly string[];
  blockKinds: ReadonlySet<string>;
  /** What is set in one of these is not certain after it, where a name holds in its whole function; null: `blockKinds` say it. */
  branchKinds: ReadonlySet<string> | null;
  classKinds: readonly string[];
  /** `if`, and `switch` where the grammar has one. */
  guardKinds: readonly string[];
  defaultCaseKind: string | null;
  readExpression(node: SgNode): Expression;
  readCall(node: SgNode): Call | null;
  readDefinitions(node: SgNode): Definition[];
  /** The nodes that a function returns. */
  readReturns(fn: SgNode): SgNode[];
  /** Parameter names in order. */
  readParameters(fn: SgNode): string[];
  readFunction(fn: SgNode): FunctionFacts;
  /** The name of the object whose method a function is (`this`, `self`, a Go receiver), or null. */
  readSelf(node: SgNode): string | null;
  readType(type: string): TypeMeaning;
  /** What a type declared in this file lets through. */
  readTypeDeclaration(node: SgNode): TypeMeaning;
  /** The type of a field, without white space, of an inline type or a declaration. */
  readField(node: SgNode, field: string): string | null;
  /** The value of a key in a literal object. */
  readEntry(node: SgNode, key: string): SgNode | null;
  /** Methods that keep the text's danger: trim, lower. */
  passThrough: ReadonlySet<string>;
  /** Conditions that compare a name with a fixed list: the name is safe where the condition holds. */
  readGuard(condition: string, name: string): 'allows' | 'forbids' | null;
}

export function named(node: SgNode): SgNode[] {
  return node.children().filter((child) => child.isNamed() && child.kind() !== 'comment');
}

/** What is put under a key that is written there, as a name of its own: `form['name'] = x`. */
export function keyedName(object: string, key: string): string {
  return `${object}['${key}']`;
}

/** The object and the key of such a place, or null. */
export function readKeyed(text: string): string | null {
  const found = /^([A-Za-z_$][\w$]*)\[[rbu]?(?:'([^'\\]*)'|"([^"\\]*)"|`([^`\\$]*)`)\]$/.exec(text);
  return found ? keyedName(found[1] ?? '', found[2] ?? found[3] ?? found[4] ?? '') : null;
}

export function plainText(node: SgNode): string {
  return node.text().replace(/\s+/g, '').replaceAll('?.', '.').replaceAll('!.', '.');
}

export function definition(fields: Pick<Definition, 'name' | 'node' | 'kind'> & Partial<Definition>): Definition {
  return {
    declares: true,
    value: null,
    property: null,
    typed: null,
    type: null,
    fromRequest: false,
    fromHandler: false,
    module: null,
    imported: null,
    ...fields,
  };
}

/**
 * The type of a parameter that declares none and is a number by default: an unknown caller is taken at its word, while what a
 * caller of this file gives is seen. No type is called so, so it counts as one of another file.
 */
const NUMBER_BY_DEFAULT = 'NumberByDefault';

/** `limit = 50`, `timeoutMs = 10 * MINUTE`. */
export function typeOfDefault(value: SgNode | null): string | null {
  return value && isNumber(value) ? NUMBER_BY_DEFAULT : null;
}

function isNumber(node: SgNode): boolean {
  const kind = String(node.kind());
  if (/^(?:number|integer|float)$/.test(kind)) return true;
  if (/^(?:unary_expression|unary_operator)$/.test(kind)) return /^[-+]\s*[\d.]/.test(node.text());
  if (!/^(?:binary_expression|binary_operator)$/.test(kind)) return false;
  const operator = node.field('operator')?.text() ?? '';
  const sides = [node.field('left'), node.field('right')];
  const isNumeric = (side: SgNode | null): boolean => side !== null && isNumber(side);
  // `+` joins texts, and `*` and `%` of Python repeat and fill them: one side is known to be a number at least.
  return operator === '+' ? sides.every(isNumeric) : /^(?:[-*/]|\*\*|<<)$/.test(operator) && sides.some(isNumeric);
}
