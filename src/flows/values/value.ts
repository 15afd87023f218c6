import type { ClassForm, Expression, FunctionForm, Module, Span, Type } from '../../languages/form.ts';
import type { Flag } from './flag.ts';
import type { Length } from './length.ts';
import type { Shape } from './shape.ts';

/** One file of the program. */
export interface Home {
  path: string;
  /** With blanks in place of its comments, at the same places: what a comment says is not what is done. */
  text: string;
  /** As it stands in the file. */
  written: string;
  module: Module;
}

/** A function as a value: with the names around it where it was made. */
export interface Closure {
  key: string;
  home: Home;
  form: FunctionForm;
  around: Environment | null;
  /** Itself, and not what decorators have put in its place. */
  bare?: true;
}

export interface ClassRef {
  key: string;
  home: Home;
  form: ClassForm;
}

/**
 * The names of one run of a function, and what guards have said on the way to where we are. `around`: the names where the function
 * was written. What is kept of it is changed in place; a branch works on a copy (`fork`).
 */
export interface Environment {
  home: Home;
  names: Map<string, Value>;
  /** By the key of a taint: the labels that it is safe for here. */
  cleared: Map<string, number>;
  /** The expression that last made a name: a test of the name is a test of it. */
  made: Map<string, Expression>;
  /** Names that are true on some of the ways that came here and false on the others, with what is cleared on those. */
  flags: ReadonlyMap<string, Flag>;
  /** Names of the code around it that are changed in here. */
  borrowed: Set<string>;
  around: Environment | null;
  /** What is set here runs whenever the code around it comes there: no branch has been taken, and it is called at that place. */
  certain: boolean;
}

/** A place in one of the program's files. */
export interface Place {
  path: string;
  span: Span;
}

/** A station of the way that data takes. */
export interface Step extends Place {
  text: string;
}

/**
 * What somebody else decides about a value, and where it came from. `safe` is a set of labels (bits): the kinds of sink that it
 * can no longer harm.
 */
export interface Taint {
  /** `request`, `environment`, …: the kind of source that a model names; `parameter`: what the callers give. */
  kind: string;
  /** Equal for equal things: two reads of `req.query.sort` in one function. What a guard checks is known by it. */
  key: string;
  /** What the source is called: "the query of the request". */
  says: string;
  safe: number;
  /** All of an object, not one of its fields. */
  whole: boolean;
  steps: readonly Step[];
  /** The name that the source was asked for: `c.Query("sort")`. */
  asked?: string;
  /** Put there by a decoder, which fills fields by their names: of Go none that is not exported. */
  decoded?: true;
  /** Of a type that is declared in a file that is not there: an enum, perhaps. */
  unseen?: true;
  /** Of a parameter: which one of which function, and the fields that were read of it. */
  parameter: { function: string; index: number; path: readonly string[] } | null;
}

export interface Text {
  kind: 'text';
  text: string;
}

/** A part of a text that is not known when the program is read. */
export interface Hole {
  kind: 'hole';
  /** As people would call it: `req.query.sort`. */
  name: string;
  taints: readonly Taint[];
  /** A number, a boolean, one of a few constants: it is not any text. */
  fixed: boolean;
  place: Place | null;
  /** All that it can be, where it is one of a few constants. */
  texts?: readonly string[] | undefined;
}

export type Piece = Text | Hole;

/** All that is known of a value. Plain and never changed: a change makes a new one. */
export interface Value {
  /** As a text: constant pieces and holes. Never empty for a value that is not the empty text. */
  pieces: readonly Piece[];
  /** Put together from several pieces, at this place. */
  built: Place | null;
  /** What it is in the outside world: `express`, `pg.Client`, `flask.request.args`. */
  name: string | null;
  functions: readonly Closure[];
  /** The class itself, or (`instance`) one of its objects. */
  of: { class: ClassRef; instance: boolean } | null;
  /** A module of the program: its files, and how it was imported. */
  namespace: { homes: readonly Home[]; module: string } | null;
  /** Known fields and items (by "0", "1", …); `*`: what any other key gives. */
  entries: ReadonlyMap<string, Value> | null;
  /** What a loop over its keys is given, where they are not the names of `entries`. */
  keys?: Value | undefined;
  /** Those were put into something that is not known: it may have others. */
  open?: true | undefined;
  /** A constant that is no text. */
  constant: number | boolean | null | undefined;
  /** What it is where nothing else is given: `'secret'` of `env.SECRET || 'secret'`. */
  otherwise?: string | undefined;
  length?: Length | undefined;
  /** Of what has parts that others decide, a request: what was checked of them before it came here. */
  shape?: Shape | undefined;
  /** What its declaration says, and where that is to be read. */
  type: { type: Type; home: Home } | null;
}
