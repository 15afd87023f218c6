import { z } from 'zod';
import { LANGUAGES } from '../../languages/form.ts';
import { Chain } from './chain-model.ts';
import { FACT_KEYS } from './fact-keys.ts';
import { Labels, Names, Pick } from './model-names.ts';
import { SCHEMA_KEYS } from './schema-keys.ts';

/**
 * What one library is, as data: agents/NAME/models/LANGUAGE/LIBRARY.yml. Names are resolved ones: the module as it is imported, and
 * the names in it (`express.Router`, `flask.request.args`, `database/sql.DB.Query`); a method stands behind its type. `*.trim`: a
 * method of any value. `{get,post}` stands for each of them.
 */
export const LibraryModel = z.strictObject({
  library: z.string(),
  language: z.enum(LANGUAGES),
  ...FACT_KEYS,
  documentation: z.array(z.url()).min(1),
  /** What a call (`pg.Pool()`), a field or another name gives: the name of its type. */
  gives: z.record(z.string(), z.string()).default({}),
  /** Functions that are given to these calls are called with values of these types by the library (null: nothing is known of it). */
  handlers: z
    .array(
      z.strictObject({
        call: Names,
        parameters: z.array(z.string().nullable()),
        argument: Pick.optional(),
        /** What parameters after those are: request input (a part of the path). */
        others: z.string().optional(),
        says: z.string().optional(),
        /** Where schemas stand, and of which part of the request: the library refuses what they do not let through. */
        schemas: z.record(z.string(), z.string()).default({}),
        /** A pattern of files in which it does not refuse them. */
        unless: z.string().default('(?!)'),
      }),
    )
    .default([]),
  /** Calls that make a check of a schema: a function that tells, or one before handlers (`parts`: of which; `{0}`: that argument's text). */
  checkers: z
    .array(
      z.strictObject({
        call: Names,
        schema: Pick.default(0),
        parts: z.record(z.string(), z.string()).optional(),
        /** Values of arguments any of which makes `format` of a schema no check. */
        withoutFormats: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
  /**
   * Calls that write a JSON schema: of this type, with these arguments as its fields, or the one that is given (`same`); what stands in
   * an argument after those is a field of it as well (`{ format: 'uuid' }`).
   */
  writes: z
    .array(
      z.strictObject({
        call: Names,
        type: z.string().optional(),
        at: z.enum(['properties', 'items', 'anyOf', 'allOf', 'const', 'enum', 'same']).optional(),
      }),
    )
    .default([]),
  chains: z.array(Chain).default([]),
  /** Calls that make a JSON schema known by its `$id`, or by the name that is their second argument. */
  namesSchemas: z.array(z.string()).default([]),
  /** Functions under these decorators, and what their parameters are: `request`: request input by name. */
  decorated: z
    .array(
      z.strictObject({
        decorator: Names,
        /** What every parameter without a decorator or known type is. */
        parameters: z.string().optional(),
        says: z.string().optional(),
        /** What the first ones are. */
        types: z.array(z.string().nullable()).default([]),
        /** Only those that the route names (`/x/<name>`). */
        named: z.boolean().default(false),
        /** Only those that are typed as texts, that the route names, or that are called so (a pattern): others are what the program gives. */
        texts: z.string().optional(),
        /** The kind of sink that its result goes to: `html`, where a text that is returned is a page. */
        returns: z.string().optional(),
        /** … which is this field of it. */
        returnsField: z.string().optional(),
        /** … only where the text of the decorator holds this. */
        returnsIf: z.string().optional(),
      }),
    )
    .default([]),
  /** What these default values or annotations (`= Depends(f)`) call gives the parameter its value; its own parameters are as above. */
  injects: z.array(z.string()).default([]),
  /** Parameters under these decorators (`@Query()`), or with these default values (`= Query()`). */
  parameters: z
    .array(
      z.strictObject({
        decorator: Names,
        kind: z.string().default('request'),
        says: z.string().default('a parameter of the request'),
        safe: Labels.default([]),
        /** Without an argument it is the whole object. */
        whole: z.boolean().default(false),
        /** What the parameter is, instead of something that others decide. */
        type: z.string().optional(),
        /** In the decorator's text: what makes a number or another harmless value of it. */
        plain: z.string().optional(),
      }),
    )
    .default([]),
  /** Functions whose parameters have these names, in this order, where nothing else tells their types. */
  conventions: z
    .array(
      z.strictObject({
        names: z.array(z.string()),
        types: z.array(z.string().nullable()),
        /** Only in files that import this: a pattern of the beginning of a module or of `module.name`. */
        imports: z.string().optional(),
        /** Only of functions with such a name. */
        function: z.string().optional(),
        /** Only of functions that are written as a value of such a type (`const list: RequestHandler = …`). */
        typed: Names.optional(),
        /** Wherever a parameter of the first name stands, if the function reads such a field of it, and nothing says its type. */
        reads: z.string().optional(),
      }),
    )
    .default([]),
  /** What a function whose first parameter is of this type returns is the answer: which field of it, or all of it, comes to which kind of sink. */
  returned: z
    .array(
      z.strictObject({
        of: z.string(),
        kind: z.string(),
        /** `headers.Location` */
        field: Names.optional(),
        /** Constant fields beside it, as patterns of the whole text. */
        when: z.record(z.string(), z.string()).default({}),
        /** The text of the function has this: `reply.type('text/html')`. */
        around: z.string().optional(),
      }),
    )
    .default([]),
  /** Methods of a builder that are given a schema, and the field of a handler's first parameter that holds what it lets through. */
  expects: z.array(z.strictObject({ call: Names, field: z.string() })).default([]),
  /** Methods of Go whose types a generator of stubs has written: patterns of `alias module.Name` for parameters and first result. */
  services: z
    .array(
      z.strictObject({
        parameters: z.array(z.string()),
        result: z.string().optional(),
        /** The struct whose method it is: what it embeds, as a generator writes for what is not there yet, and what it is called. */
        embeds: z.string().optional(),
        receiver: z.string().default('.*'),
        /** Which parameter is request input; `rest`: each that stands behind `parameters`. */
        source: z.union([z.number().int(), z.literal('rest')]),
        kind: z.string(),
        says: z.string(),
      }),
    )
    .default([]),
  /** Methods of classes that extend this get these parameters. */
  methods: z
    .array(
      z.strictObject({
        extends: Names,
        named: Names,
        parameters: z.array(z.string().nullable()).default([]),
        /** What parameters after those are: request input (a path parameter). */
        others: z.string().optional(),
        says: z.string().optional(),
        /** The kind of sink that the result goes to: an address that callers are sent to. */
        returns: z.string().optional(),
      }),
    )
    .default([]),
  /** What others decide: the result of a call or the value of a field. */
  sources: z
    .array(
      z.strictObject({
        at: Names,
        kind: z.string(),
        says: z.string(),
        /** What it cannot harm: a text is no object (`nosql`). */
        safe: Labels.default([]),
        /** An object of fields; as a text it is nothing. */
        whole: z.boolean().default(false),
        /** Only where a schema that stands before says what it lets through: it is known under the text of the first argument. */
        byShape: z.boolean().default(false),
        /** Of a parser with `add_argument`: a pattern of the arguments that make a number or the like of a field. */
        numbers: z.string().optional(),
      }),
    )
    .default([]),
  sinks: z
    .array(
      z.strictObject({
        call: Names,
        kind: z.string(),
        /** Several: each of them. `last`: the last one; `all`: any. */
        argument: z.union([Pick, z.array(Pick)]).default(0),
        /** If the argument is an object: its fields that matter; `*`: all; `*.$regex`: that field of each. */
        fields: z.array(z.string()).optional(),
        /** Only these items of a list that is known; `all`: each of them. */
        items: z.array(z.string()).optional(),
        /** The argument with those that follow it is one text: a template of them (`%s`), or one after the other. */
        format: z.enum(['percent', 'texts']).optional(),
        /** The answer is HTML only where it begins like that (net/http of Go looks at it). */
        sniffed: z.boolean().default(false),
        /** The argument is a part of a statement: it need not look like one. */
        fragment: z.boolean().default(false),
        /** It works on files alone and refuses a folder, such as a path that ends in `..`. */
        files: z.boolean().default(false),
        /** Constant values of other arguments that make it dangerous: name or index -> pattern of the whole text. */
        when: z.record(z.string(), z.string()).default({}),
        /** Values of other arguments any of which makes it safe. */
        unless: z.record(z.string(), z.string()).default({}),
        /** Not where this method of its result is called at once. */
        unlessThen: z.string().optional(),
        /** Not where the text of the function behind the call matches. */
        unlessBehind: z.string().optional(),
        /** Only where the text of the function around it matches. */
        ifAround: z.string().optional(),
        /** What its text must look like, "\uE000" in place of each value. */
        looks: z.string().optional(),
        /** A pattern of the receiver's whole name, or of how it is written where that is not known (`../models`); of `*.#made`: of its module. */
        receiver: z.string().optional(),
        /** One of the other arguments is an object of the program, a function, a module or (a pattern) has such a name: its fields lead on. */
        givenObject: z.string().optional(),
        /** Its result is let out by a method of this name: where that stands in the same function, the flaw is told there. */
        sentBy: z.string().optional(),
        /** Only what comes from these kinds of source. */
        sources: z.array(z.string()).optional(),
        /** What it is there, where a class has words of its own for that (`instead`); it is a step less severe. */
        as: z.string().optional(),
        fix: z.string().optional(),
      }),
    )
    .default([]),
  /** Calls that put values into a view of the program: its name, and the argument that holds them (`named`: all named ones). */
  renders: z
    .array(
      z.strictObject({
        call: Names,
        view: Pick,
        values: z.union([Pick, z.literal('named')]),
        /** The first is no name of a view but its text, in this form. */
        inline: z.string().optional(),
      }),
    )
    .default([]),
  /** Values that are set there (`element.innerHTML = x`): the name of the field. */
  assigned: z
    .array(
      z.strictObject({
        /** `#key` as its last part: the key, where that is not constant, and not what is set. */
        field: Names,
        kind: z.string(),
        /** What its text must look like, "\uE000" in place of each value. */
        looks: z.string().optional(),
        /** Not where the text of the function around it matches. */
        unlessAround: z.string().optional(),
        /** Only where it does. */
        ifAround: z.string().optional(),
        /** As of sinks. */
        as: z.string().optional(),
        fix: z.string().optional(),
      }),
    )
    .default([]),
  /** The result carries what these arguments carry (`receiver`, `all`). */
  passes: z
    .array(
      z.strictObject({
        call: Names,
        from: z.union([Pick, z.array(Pick)]).default('all'),
        /** What it undoes: labels that a call before made its arguments safe for by writing them otherwise. */
        undoes: Labels.default([]),
        /** What those cannot harm any more that stand behind another one, which is not empty: a name in a folder begins no text. */
        behind: Labels.default([]),
        /** Of what has fields only this one, which begins it, or else what it was made of: the host of an address. */
        field: z.string().optional(),
      }),
    )
    .default([]),
  /**
   * Places by constant keys, the arguments `keys`: `put` gives one of them the argument `value`, `take` reads it. `shared`: what one
   * function puts there, others take (what a middleware leaves for the handlers); `takes`: by which arguments, where it is by others; `into`: the result is
   * that argument with it.
   */
  keyed: z
    .array(
      z.strictObject({
        put: Names,
        take: Names,
        keys: z.array(z.number().int()).min(1),
        takes: z.array(z.number().int()).min(1).optional(),
        value: z.number().int(),
        into: z.number().int().optional(),
        shared: z.boolean().default(false),
      }),
    )
    .default([]),
  /** The result is their texts, one after the other. */
  concatenates: z
    .array(
      z.strictObject({
        call: Names,
        from: z.union([Pick, z.array(Pick)]),
        /** What is put between them. */
        between: z.string().default(''),
        /** Only where the last one begins so, "\uE000" for what is not constant. */
        begins: z.string().optional(),
      }),
    )
    .default([]),
  /** What a loop over the result is given: pairs of key and item, keys, pairs of number and item, or an item of each argument. */
  iterates: z
    .array(z.strictObject({ call: Names, as: z.enum(['pairs', 'keys', 'numbered', 'tuples']), from: Pick.default(0) }))
    .default([]),
  /** The list that is its first argument with the others behind it (`append`); of texts, one text. */
  collects: z.array(z.string()).default([]),
  /** The items of a list (`items`) with a text between them. */
  joins: z.array(z.strictObject({ call: Names, items: Pick, separator: Pick })).default([]),
  /** The first is a template: `%s` (`percent`), `{}` (`braces`) or `$name` (`dollars`). */
  formats: z
    .array(z.strictObject({ call: Names, style: z.enum(['percent', 'braces', 'dollars']), template: Pick.default(0) }))
    .default([]),
  /** The receiver, or the argument `to`, carries what these arguments carry afterwards. */
  adds: z
    .array(
      z.strictObject({
        call: Names,
        to: z.number().int().optional(),
        from: z.union([Pick, z.array(Pick)]).default('all'),
        concatenates: z.boolean().default(false),
        /** It is a template of the arguments that follow it. */
        format: z.literal('percent').optional(),
      }),
    )
    .default([]),
  /** An argument is a place that the call fills: with what the receiver, or another argument, carries. */
  fills: z
    .array(
      z.strictObject({
        call: Names,
        argument: Pick,
        with: Pick,
        kind: z.string().optional(),
        says: z.string().optional(),
        /** It is read anew: what a text could not harm, an object of it may. */
        undoes: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  /** The receiver is of this type afterwards: an answer whose content type was set. */
  turns: z
    .array(z.strictObject({ call: Names, to: z.string(), when: z.record(z.string(), z.string()).default({}) }))
    .default([]),
  /** What the result cannot harm any more. */
  safe: z
    .array(
      z.strictObject({
        call: Names,
        for: Labels,
        from: z.union([Pick, z.array(Pick)]).default('all'),
        /** Only with these values of other arguments; "\uE000" stands for what is not constant. */
        when: z.record(z.string(), z.string()).default({}),
        /** The keys of the result are names that the program itself has written. */
        keys: z.boolean().default(false),
      }),
    )
    .default([]),
  /** Calls and fields whose value is a number, a boolean or a text of the library's own. */
  plain: z.array(z.string()).default([]),
  /** Calls that do not come back: what stands behind them does not run. */
  ends: z.array(z.string()).default([]),
  /** Objects on which one function of a program leaves what another one reads: the request. */
  state: z.array(z.string()).default([]),
  /** Makers whose constant arguments are to be known of what they make (`when: { "1.resolve_entities": … }`). */
  keeps: z.array(z.string()).default([]),
  /** An argument that counts where nothing else is given: the default of a setting. */
  defaults: z.array(z.strictObject({ call: Names, value: Pick })).default([]),
  /** What they make is empty until something is written to it: every call that it is given to may do that. */
  blank: z.array(z.string()).default([]),
  /** Where the call is true (or does not throw: `throws`), its argument is safe. */
  guards: z
    .array(
      z.strictObject({
        call: Names,
        argument: Pick.default(0),
        for: Labels,
        throws: z.boolean().default(false),
        /** It is true for the bad ones. */
        refuses: z.boolean().default(false),
        /** Only with these constant values of other arguments. */
        when: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
  ...SCHEMA_KEYS,
});
export type LibraryModel = z.infer<typeof LibraryModel>;
