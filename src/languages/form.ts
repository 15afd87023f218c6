/**
 * The intermediate form: what a file of any language says, in one small set of functions, statements and expressions. It is plain
 * data (JSON), so it can be kept by blob id and sent between processes, and nothing above `languages/` knows a language.
 *
 * What a language has and this has not is lowered: a destructuring into assignments of fields, a chain of `?.` into fields, a
 * `with` into an assignment and its block, several results into a list. What cannot be said is `other`, with its parts, so that
 * what happens inside of it is still seen.
 */

/** Where it stands: start and end (exclusive) in UTF-16 units of the file's text. */
export type Span = readonly [start: number, end: number];

export const LANGUAGES = ['typescript', 'python', 'go'] as const;
/** `typescript` is JavaScript as well. */
export type Language = (typeof LANGUAGES)[number];

/** One file. */
export interface Module {
  language: Language;
  /** The package that the file says it belongs to (Go); null in other languages. */
  package: string | null;
  imports: readonly Import[];
  exports: readonly Export[];
  /** Every function, also those inside of others. The first is the file's own code outside of all functions. */
  functions: readonly FunctionForm[];
  classes: readonly ClassForm[];
  /** Declared types that are no classes: interfaces, aliases, enums, structs and interfaces of Go. */
  types: readonly TypeForm[];
  /** Places that the grammar could not read. */
  errors: number;
}

/** A name of this file that stands for a module or for something of it. */
export interface Import {
  local: string;
  /** As written, without the protocol `node:`: `express`, `./db`, `flask`, `..models`, `database/sql`. */
  module: string;
  /** The name there; `*`: the module itself (`import * as x`, `require`, `import x` of Python and Go); `default` of JavaScript. */
  name: string;
  span: Span;
}

/** A name that other files can ask for. Python and Go have none of these: every name of the top level is one. */
export interface Export {
  /** `default`, a name, or `*` where everything of another module is given on. `=` is what `module.exports =` sets. */
  name: string;
  /** The name in this file, or in `module`. */
  local: string;
  /** Given on from another module. */
  module: string | null;
}

export interface FunctionForm {
  /** Its index in `functions`. */
  id: number;
  /** "" where it has none. */
  name: string;
  span: Span;
  /** The span of its name, or of its first characters. */
  at: Span;
  parameters: readonly Parameter[];
  body: readonly Statement[];
  /** The index of the class whose method it is; for a method of Go null, see `receiver`. */
  owner: number | null;
  /** The type that a method of Go belongs to, without its pointer. Its first parameter is the receiver then. */
  receiver: string | null;
  /** The function that it is written in. 0 is the file's own code; null only for that. */
  parent: number | null;
  decorators: readonly Expression[];
  returns: Type | null;
  /** The type of the variable that it is given to where it is written: of a library's type, its parameters are known. */
  declared?: Type;
  /** Static methods have no instance as `this`; getters are read like fields. */
  role: 'function' | 'method' | 'static' | 'constructor' | 'getter';
  async: boolean;
  /** Names of the file or of a function around it that it sets: `global last` of Python. */
  sets?: readonly string[];
  /** Other files can call it: exported (TypeScript), upper case (Go), without a leading underscore (Python), a public method. */
  public: boolean;
}

export interface Parameter {
  /** A destructured one gets a made-up name, `$0`, and the body begins with assignments of its parts. */
  name: string;
  type: Type | null;
  byDefault: Expression | null;
  /** `...rest`, `*args`: a list of all that follow; `**kwargs`: a map. */
  rest: 'list' | 'map' | null;
  decorators: readonly Expression[];
  /** A parameter of a constructor that is a field as well (`private readonly db: Db`). */
  field: boolean;
  span: Span;
}

export interface ClassForm {
  /** Its index in `classes`. */
  id: number;
  name: string;
  span: Span;
  /** What it extends and implements. */
  bases: readonly Expression[];
  fields: readonly Field[];
  /** Indices in `functions`. */
  methods: readonly number[];
  decorators: readonly Expression[];
}

export interface Field {
  name: string;
  type: Type | null;
  value: Expression | null;
  static: boolean;
  decorators: readonly Expression[];
  span: Span;
}

export interface TypeForm {
  name: string;
  type: Type;
  /** Embedded structs (Go), extended interfaces: their fields are its own as well. */
  extends: readonly Type[];
  /** Names of methods, for interfaces. */
  methods: readonly string[];
  /** What `Annotated[T, …]` of Python says beside the type, for whoever imports the name. */
  decorators?: readonly Expression[];
  span: Span;
}

/** What a declaration says of a value, as far as it matters here. Pointers, `readonly`, `null` and `Promise` are left out. */
export type Type =
  /** As written: `Request`, `express.Request`, `sql.DB`. */
  | { kind: 'named'; name: string; of: readonly Type[] }
  | { kind: 'list'; of: Type | null }
  /** `Record<string, T>`, `dict[str, T]`, `map[string]T`. */
  | { kind: 'map'; of: Type | null }
  /** `names`: what fields are called in JSON or a form, where a tag says so. */
  | { kind: 'record'; fields: Readonly<Record<string, Type>>; names?: Readonly<Record<string, string>> }
  | { kind: 'union'; of: readonly Type[] }
  /** Any text; with `values`: one of these (literal types, enums of texts). */
  | { kind: 'text'; values: readonly string[] | null }
  /** A number, a boolean, a date, an enum of numbers: it carries no text of anybody. */
  | { kind: 'plain' /** Of an integer or a time of Go: which. */; name?: string }
  | { kind: 'function'; returns: Type | null };

export type Statement =
  /** `append`: `+=`. `declares`: the name belongs to the block around it. `constant`: nobody can set it again (`const` of Go). */
  | {
      kind: 'set';
      target: Target;
      value: Expression;
      declares: boolean;
      append: boolean;
      constant?: true;
      type: Type | null;
      span: Span;
    }
  /** `defer`: at the function's end; `go`: beside it. */
  | { kind: 'do'; value: Expression; when: 'now' | 'defer' | 'go'; span: Span }
  | { kind: 'return'; value: Expression | null; span: Span }
  | { kind: 'throw'; value: Expression | null; span: Span }
  /** `break`, `continue`: what follows it in its block does not run. */
  | { kind: 'leave'; span: Span }
  | { kind: 'if'; test: Expression; yes: readonly Statement[]; no: readonly Statement[]; span: Span }
  /** One of its cases runs, or `otherwise` (null: there is no default). `on` null: each test is a condition (Go). */
  | {
      kind: 'switch';
      on: Expression | null;
      cases: readonly { tests: readonly Expression[]; body: readonly Statement[] }[];
      otherwise: readonly Statement[] | null;
      span: Span;
    }
  /** `for target of over`, or `while test`. Of a map's entries the target is a list of key and value. */
  | {
      kind: 'loop';
      target: Target | null;
      over: Expression | null;
      /** What the target is given of `over`: its items, its keys (`for … in`, a map of Python), or pairs of key and item (Go). */
      gives: 'items' | 'keys' | 'pairs';
      test: Expression | null;
      body: readonly Statement[];
      span: Span;
    }
  | {
      kind: 'try';
      body: readonly Statement[];
      catches: readonly { name: string | null; types: readonly Expression[]; body: readonly Statement[]; span: Span }[];
      lastly: readonly Statement[];
      span: Span;
    }
  /** Names that are declared in it end with it. `holds`: what a `with` opened and closes at its end. */
  | { kind: 'block'; body: readonly Statement[]; holds: Expression | null; span: Span };

export type Target =
  | { kind: 'name'; name: string; span: Span }
  | { kind: 'field'; of: Expression; name: string; span: Span }
  | { kind: 'index'; of: Expression; by: Expression; span: Span };

export type Expression =
  /** A text as the program sees it, escapes resolved. */
  | { kind: 'text'; value: string; span: Span }
  | { kind: 'value'; value: number | boolean | null; span: Span }
  /** A regular expression literal. */
  | { kind: 'pattern'; source: string; flags: string; span: Span }
  /** `this` and `self` are the name `this`. */
  | { kind: 'name'; name: string; span: Span }
  | { kind: 'field'; of: Expression; name: string; span: Span }
  | { kind: 'index'; of: Expression; by: Expression; span: Span }
  /** A part of a text or list: `x[1:]`. `ends`: what each of the parts says, where it is known. */
  | {
      kind: 'slice';
      of: Expression;
      parts: readonly Expression[];
      ends?: readonly ('from' | 'to' | 'step')[];
      span: Span;
    }
  | { kind: 'call'; of: Expression; arguments: readonly Argument[]; made: boolean; span: Span }
  /** A template with a tag before it (`sql\`…\``): texts and values by turns. */
  | { kind: 'tagged'; tag: Expression; parts: readonly Expression[]; span: Span }
  /** Put together as text: templates, f-strings, and `+` where a text may be meant. */
  | { kind: 'concat'; parts: readonly Expression[]; span: Span }
  /** `template % values` of Python. */
  | { kind: 'format'; template: Expression; values: readonly Argument[]; span: Span }
  | { kind: 'list'; items: readonly Expression[]; span: Span }
  /** An object, a dict, a composite literal (`type`). A key of null is a spread of `value`. */
  | { kind: 'map'; entries: readonly Entry[]; type: Type | null; span: Span }
  /** `test ? yes : no`; of `a || b`, `a ?? b`, `a or b` the test is null: either may be it. */
  | { kind: 'choice'; test: Expression | null; yes: Expression; no: Expression; span: Span }
  /** `==`, `!=`, `<`, `in`, `not in`, `&&`, `||`, `-`, `*` and so on: a number or a boolean. `and`, `or`, `not` are `&&`, `||`, `!`. */
  | { kind: 'binary'; operator: string; left: Expression; right: Expression; span: Span }
  /** `!`, `-`, `typeof`. */
  | { kind: 'unary'; operator: string; of: Expression; span: Span }
  | { kind: 'function'; id: number; span: Span }
  | { kind: 'class'; id: number; span: Span }
  | { kind: 'await'; of: Expression; span: Span }
  /** An assignment whose value is used: `while (row = next())`, `if (m := f())`. */
  | { kind: 'set'; target: Target; value: Expression; append: boolean; span: Span }
  /** A type assertion (`x as T`, `x.(T)`). */
  | { kind: 'cast'; of: Expression; type: Type | null; span: Span }
  | { kind: 'spread'; of: Expression; span: Span }
  /** `[result for target in over if where]`; with `key` it makes a map. */
  | {
      kind: 'each';
      target: Target;
      over: Expression;
      where: readonly Expression[];
      key: Expression | null;
      result: Expression;
      span: Span;
    }
  | { kind: 'other'; parts: readonly Expression[]; span: Span };

export interface Argument {
  /** Of a keyword argument. */
  name: string | null;
  value: Expression;
}

export interface Entry {
  key: Expression | null;
  value: Expression;
}
