import { lastPart } from '../../text/last-part.ts';
import type { LibraryModel } from './library-model.ts';
import type { Labels, Names } from './model-names.ts';

type Sink = LibraryModel['sinks'][number];

export interface Source {
  kind: string;
  says: string;
  /** Labels that it is safe for. */
  safe: number;
  /** All of an object, not one of its fields. */
  whole: boolean;
  /** What makes a number of a field that a parser was told of. */
  numbers?: string;
  /** Only where a schema that stands before says what it lets through. */
  byShape?: true;
}

export interface ParameterModel extends Source {
  type: string | null;
  plain: string | null;
}

/** What is known of one call, put together from all models. */
export interface CallModel {
  sinks: readonly Sink[];
  handlers: readonly LibraryModel['handlers'][number][];
  checker: LibraryModel['checkers'][number] | null;
  writes: LibraryModel['writes'][number] | null;
  namesSchema: boolean;
  source: Source | null;
  passes: { from: readonly (string | number)[]; field: string | null; undoes: number; behind: number } | null;
  put: { keys: readonly number[]; value: number; into: number | null; place: string | null } | null;
  take: { keys: readonly number[]; place: string | null } | null;
  concatenates: { from: readonly (string | number)[]; between: string; begins: string | null } | null;
  renders: LibraryModel['renders'][number] | null;
  iterates: LibraryModel['iterates'][number] | null;
  joins: LibraryModel['joins'][number] | null;
  collects: boolean;
  formats: LibraryModel['formats'][number] | null;
  adds: LibraryModel['adds'][number] | null;
  fills: readonly LibraryModel['fills'][number][];
  turns: readonly LibraryModel['turns'][number][];
  safe: readonly {
    labels: number;
    from: readonly (string | number)[];
    when: Readonly<Record<string, string>>;
    keys: boolean;
  }[];
  plain: boolean;
  ends: boolean;
  keeps: boolean;
  /** The argument that counts where nothing else is given. */
  default: string | number | null;
  blank: boolean;
  /** What it shows differs by its other arguments (`isinstance(x, int)`). */
  guards: readonly {
    argument: string | number;
    labels: number;
    throws: boolean;
    refuses: boolean;
    when: Readonly<Record<string, string>>;
  }[];
  gives: string | null;
  /** The field of what a handler is called with that holds what the schema, the first argument, lets through. */
  expects: string | null;
}

/** What parameters are by their names alone. */
export interface Convention {
  names: readonly RegExp[];
  types: readonly (string | null)[];
  imports: RegExp | null;
  function: RegExp | null;
  typed: readonly string[] | null;
  reads: string | null;
}

/** The models of one language, to be asked by name. */
export interface Models {
  call(name: string): CallModel | null;
  field(name: string): Source | null;
  gives(name: string): string | null;
  isPlain(name: string): boolean;
  assigned(name: string): LibraryModel['assigned'][number] | null;
  decorated(name: string): LibraryModel['decorated'][number] | null;
  parameter(name: string): ParameterModel | null;
  injects(name: string): boolean;
  /** Last names of calls that throw where their argument is not safe. */
  throwing: ReadonlySet<string>;
  /** Last names of calls that do not come back. */
  ends: ReadonlySet<string>;
  /** Functions leave values on it for each other. */
  isState(name: string): boolean;
  /** A builder of such handlers. */
  isExpecting(type: string): boolean;
  /** A type of a library that a model says something of. */
  knows(type: string): boolean;
  methods: readonly LibraryModel['methods'][number][];
  conventions: readonly Convention[];
  /** Labels of what a field under this decorator is safe for. */
  checked(decorator: string): number;
  forms: readonly (Source & { extends: readonly string[]; at: string; texts: string })[];
  chains: readonly ChainLibrary[];
  schemas: readonly SchemaLibrary[];
  /** The parts of a request of this type: `body`, `request.body`. None: it is no request. */
  partsOf(type: string): readonly string[];
  services: readonly LibraryModel['services'][number][];
  /** By the type of a handler's first parameter. */
  returned: readonly LibraryModel['returned'][number][];
}

type ChainPattern = 'fixed' | 'drops' | 'asked';
/** A library whose calls check one field after the other. */
type ChainLibrary = Omit<LibraryModel['chains'][number], ChainPattern> & Readonly<Record<ChainPattern, RegExp>>;

/** A library whose calls write schemas. */
export type SchemaLibrary = Omit<LibraryModel['schemas'][number], SchemaPattern> &
  Readonly<Record<SchemaPattern, RegExp>>;
type SchemaPattern = 'fixed' | 'text' | 'changes' | 'replaces' | 'opens' | 'keeps' | 'names';

export const ALL = -1;
/** The value is one of ours, a number, …: it is harmless in whatever form it is read. A text that only looks well has not this one. */
export const OURS = 1 << 31;
/** What holds no `/`: one name in a folder, though it may be `..`. It is no kind of sink, only a label. */
export const SEGMENT = 'segment';
/** What holds no `..`: behind a folder it stays in there, though it may begin at the root. A label alone, as the next one. */
export const LEVEL = 'level';
/** What does not begin at the root. */
export const ROOTLESS = 'rootless';
/** What begins no tag: harmless between tags, though not in one. */
export const TAGLESS = 'tagless';

export function compileModels(models: readonly LibraryModel[], labelOf: (kind: string) => number): Models {
  const calls = new Map<string, CallModel>();
  const parts = partsOfRequests(models);
  const fields = new Map<string, Source>();
  const gives = new Map<string, string>();
  const plain = new Set<string>();
  const assigned = new Map<string, LibraryModel['assigned'][number]>();
  const decorated = new Map<string, LibraryModel['decorated'][number]>();
  const parameters = new Map<string, ParameterModel>();
  const checked = new Map<string, number>();
  const injects = new Set<string>();
  const ends = new Set<string>();
  const throwing = new Set<string>();
  const types = new Set<string>();
  const expecting = new Set<string>();
  const states = new Set(models.flatMap(({ state }) => expandNames(state)));
  const bits = (labels: Labels): number =>
    labels === 'all' ? ALL : labels.reduce((all, label) => all | labelOf(label), 0);
  const at = (name: string, change: (known: CallModel) => Partial<CallModel>): void => {
    const known = calls.get(name) ?? NO_MODEL;
    types.add(ownerOf(name));
    calls.set(name, { ...known, ...change(known) });
  };
  const each = (names: Names, change: (known: CallModel) => Partial<CallModel>): void => {
    for (const name of expandNames(names)) at(name, change);
  };
  for (const model of models) {
    for (const [name, type] of Object.entries(model.gives))
      for (const one of expandNames(name)) {
        if (one.endsWith('()')) at(one.slice(0, -2), () => ({ gives: type }));
        else {
          gives.set(one, type);
          types.add(ownerOf(one));
        }
      }
    for (const one of model.plain)
      for (const name of expandNames(one)) {
        if (name.endsWith('()')) at(name.slice(0, -2), () => ({ plain: true }));
        else plain.add(name);
      }
    for (const one of model.handlers) each(one.call, (known) => ({ handlers: [...known.handlers, one] }));
    for (const one of model.checkers) each(one.call, () => ({ checker: one }));
    for (const one of model.writes) each(one.call, () => ({ writes: one }));
    for (const one of model.namesSchemas) each(one, () => ({ namesSchema: true }));
    for (const { call, field } of model.expects) {
      each(call, () => ({ expects: field }));
      for (const name of expandNames(call)) expecting.add(ownerOf(name));
    }
    for (const one of model.sinks) each(one.call, (known) => ({ sinks: [...known.sinks, one] }));
    for (const one of model.renders) each(one.call, () => ({ renders: one }));
    for (const one of model.sources)
      for (const name of expandNames(one.at)) {
        const source: Source = {
          kind: one.kind,
          says: one.says,
          safe: bits(one.safe),
          whole: one.whole,
          ...(one.numbers && { numbers: one.numbers }),
          ...(one.byShape && { byShape: true as const }),
        };
        if (name.endsWith('()')) at(name.slice(0, -2), () => ({ source }));
        else {
          fields.set(name, source);
          types.add(ownerOf(name));
        }
      }
    for (const one of model.passes)
      each(one.call, () => ({
        passes: {
          from: [one.from].flat(),
          field: one.field ?? null,
          undoes: bits(one.undoes),
          behind: bits(one.behind),
        },
      }));
    for (const { put, take, keys, takes = keys, value, into = null, shared } of model.keyed) {
      const place = shared ? `${[put].flat().join()} ` : null;
      each(put, () => ({ put: { keys, value, into, place } }));
      each(take, () => ({ take: { keys: takes, place } }));
    }
    for (const one of model.concatenates)
      each(one.call, () => ({
        concatenates: { from: [one.from].flat(), between: one.between, begins: one.begins ?? null },
      }));
    for (const one of model.iterates) each(one.call, () => ({ iterates: one }));
    each(model.collects, () => ({ collects: true }));
    for (const one of model.joins) each(one.call, () => ({ joins: one }));
    for (const one of model.formats) each(one.call, () => ({ formats: one }));
    for (const one of model.adds) each(one.call, () => ({ adds: one }));
    for (const one of model.fills) each(one.call, (known) => ({ fills: [...known.fills, one] }));
    for (const one of model.defaults) each(one.call, () => ({ default: one.value }));
    for (const one of model.turns) each(one.call, (known) => ({ turns: [...known.turns, one] }));
    for (const one of model.safe)
      each(one.call, ({ safe }) => ({
        safe: [...safe, { labels: bits(one.for), from: [one.from].flat(), when: one.when, keys: one.keys }],
      }));
    each(model.ends, () => ({ ends: true }));
    for (const name of expandNames(model.ends)) ends.add(lastPart(name));
    each(model.keeps, () => ({ keeps: true }));
    each(model.blank, () => ({ blank: true }));
    for (const one of expandNames(model.injects)) injects.add(one);
    for (const one of [...model.methods, ...model.forms]) for (const name of expandNames(one.extends)) types.add(name);
    for (const one of model.guards) {
      each(one.call, ({ guards }) => ({
        guards: [
          ...guards,
          {
            argument: one.argument,
            labels: bits(one.for),
            throws: one.throws,
            refuses: one.refuses,
            when: one.when,
          },
        ],
      }));
      if (one.throws) for (const name of expandNames(one.call)) throwing.add(lastPart(name));
    }
    for (const one of model.checked)
      for (const name of expandNames(one.decorator)) checked.set(name, (checked.get(name) ?? 0) | bits(one.for));
    for (const one of model.assigned) for (const name of expandNames(one.field)) assigned.set(name, one);
    for (const one of model.decorated) for (const name of expandNames(one.decorator)) decorated.set(name, one);
    for (const one of model.parameters)
      for (const name of expandNames(one.decorator))
        parameters.set(name, { ...one, safe: bits(one.safe), type: one.type ?? null, plain: one.plain ?? null });
  }
  return {
    returned: models.flatMap((one) => one.returned),
    call: (name) => calls.get(name) ?? null,
    field: (name) => fields.get(name) ?? null,
    gives: (name) => gives.get(name) ?? null,
    isPlain: (name) => plain.has(name),
    assigned: (name) => assigned.get(name) ?? null,
    decorated: (name) => decorated.get(name) ?? null,
    parameter: (name) => parameters.get(name) ?? null,
    ends,
    throwing,
    injects: (name) => injects.has(name),
    isState: (name) => states.has(name),
    isExpecting: (type) => expecting.has(type),
    knows: (type) => types.has(type),
    methods: models.flatMap((one) =>
      one.methods.map((method) => ({
        ...method,
        extends: expandNames(method.extends),
        named: expandNames(method.named),
      })),
    ),
    conventions: models
      .flatMap((one) => one.conventions)
      .map(({ names, types, imports, function: named, typed, reads }) => ({
        names: names.map((name) => new RegExp(`^(?:${name})$`)),
        types,
        imports: imports === undefined ? null : new RegExp(`^(?:${imports})`),
        function: named === undefined ? null : new RegExp(`^(?:${named})$`),
        typed: typed === undefined ? null : expandNames(typed),
        reads: reads ?? null,
      })),
    checked: (decorator) => checked.get(decorator) ?? 0,
    forms: models
      .flatMap((one) => one.forms)
      .map((form) => ({ ...form, extends: expandNames(form.extends), safe: bits(form.safe), whole: false })),
    chains: models
      .flatMap((one) => one.chains)
      .map((one) => ({
        ...one,
        fixed: new RegExp(`^(?:${one.fixed})$`),
        drops: new RegExp(`^(?:${one.drops})$`),
        asked: new RegExp(one.asked),
      })),
    schemas: models
      .flatMap((one) => one.schemas)
      .map((one) => ({
        ...one,
        fixed: new RegExp(one.fixed),
        text: new RegExp(one.text),
        changes: new RegExp(one.changes),
        replaces: new RegExp(one.replaces),
        opens: new RegExp(one.opens),
        keeps: new RegExp(`^(?:${one.keeps})$`),
        names: new RegExp(`^(?:${one.names})$`),
      })),
    partsOf: (type) => parts.get(type) ?? [],
    services: models.flatMap((one) => one.services),
  };
}

/** Of each type that a library gives to handlers, the sources that are objects: `query`, `request.body`. */
function partsOfRequests(models: readonly LibraryModel[]): ReadonlyMap<string, readonly string[]> {
  const given = models.flatMap((one) => [
    ...one.handlers.flatMap(({ parameters }) => parameters),
    ...one.conventions.flatMap(({ types }) => types),
    ...one.parameters.map(({ type }) => type),
  ]);
  const whole = models.flatMap(({ sources }) =>
    sources.flatMap((one) =>
      one.whole ? expandNames(one.byShape ? [one.at].flat().map((at) => at.replace(/\(\)$/, '')) : one.at) : [],
    ),
  );
  const partsOf = (type: string): string[] =>
    whole.flatMap((at) => (at.startsWith(`${type}.`) && !at.endsWith(')') ? [at.slice(type.length + 1)] : []));
  return new Map(given.flatMap((type) => (type == null ? [] : [[type, partsOf(type)]])));
}

const NO_MODEL: CallModel = {
  sinks: [],
  handlers: [],
  checker: null,
  writes: null,
  namesSchema: false,
  source: null,
  passes: null,
  put: null,
  take: null,
  concatenates: null,
  renders: null,
  iterates: null,
  joins: null,
  collects: false,
  formats: null,
  adds: null,
  fills: [],
  turns: [],
  safe: [],
  plain: false,
  ends: false,
  keeps: false,
  default: null,
  blank: false,
  guards: [],
  gives: null,
  expects: null,
};

function ownerOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

/** `a.{b,c}.d` is `a.b.d` and `a.c.d`. */
export function expandNames(names: string | readonly string[]): string[] {
  return [names].flat().flatMap((name) => {
    const [, before = '', inner, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(name) ?? [];
    return inner === undefined
      ? [name]
      : inner.split(',').flatMap((one) => expandNames(`${before}${one.trim()}${after}`));
  });
}
