import { z } from 'zod';

const Names = z.union([z.string(), z.array(z.string())]);
/**
 * Where something stands in a call: `0`, `last`, `1|url`, `all`, `rest`, `receiver` as in the other keys; `1.prefix`: a field of it.
 * `named`: the names of the keyword arguments.
 */
const At = z.union([z.number().int(), z.string()]);
const Ats = z.union([At, z.array(At)]);

const RouteModel = z.strictObject({
  /** A call on a router, or a decorator of a handler or of its class. */
  call: Names.optional(),
  decorator: Names.optional(),
  /**
   * `answers`: a route. `router`: its result (or the class under the decorator) is one. `group`: its result is one that stands under
   * the router that it is called on. `scope`: the function that is given to it gets such a one. `mounts`: puts routers under it.
   * `uses`: what runs before the handlers of the router, or of this handler. `status`: nothing but the status code. `module`: its
   * result is the router of the file that it names. `methods`: a decorator that lets in some methods alone. `action`: one that makes a
   * method of a class answer. `table`: a list of pairs of path and class.
   */
  does: z
    .enum(['answers', 'router', 'group', 'scope', 'mounts', 'uses', 'status', 'module', 'methods', 'action', 'table'])
    .default('answers'),
  /** `file`: the file itself is the router. */
  router: z.literal('file').optional(),
  /** Methods of a class that answer, with method and what stands behind the path: `retrieve: GET <pk>/`. By themselves those of HTTP. */
  members: z.record(z.string(), z.string()).optional(),
  /** Fields of the class that hold what runs before its methods. */
  guards: z.array(z.string()).default([]),
  /** A file whose path matches is a router: its exports answer, and the first group is the path. */
  file: z.string().optional(),
  /** Which exports, as a pattern of the whole name. */
  exports: z.string().optional(),
  /** HTTP methods where `methodsAt` says none; `name`: the call's own name. */
  methods: z.union([z.literal('name'), z.array(z.string())]).default('name'),
  methodsAt: At.optional(),
  /**
   * Of a router: the program serves it by itself, and nothing stands before its path. `unless returned`: where the function that makes
   * it gives something back, it may be mounted elsewhere.
   */
  served: z.union([z.boolean(), z.literal('unless returned')]).default(false),
  /** By itself the first argument if it is a text. `GET /x` is a method and a path. */
  path: At.optional(),
  handler: At.optional(),
  /** By itself every other argument. */
  middleware: Ats.optional(),
  /** Functions that the router itself was given for this run for its routes wherever they stand. */
  always: z.boolean().default(false),
  /** The path of the mount stands in place of the router's own one. */
  instead: z.boolean().default(false),
  /** What says what a request must look like. */
  schema: Ats.optional(),
  /** The status code of an answer that is no error. */
  status: At.optional(),
  /** What the handler gives back is the answer. */
  returns: z.boolean().default(false),
  /** The class that says what an answer looks like. */
  response: At.optional(),
});

/** `nothing`: whatever its name says. */
const ROLES = ['authorises', 'limits', 'validates', 'nothing'] as const;

const QueryModel = z.strictObject({
  call: Names,
  operation: z.enum(['select', 'insert', 'update', 'delete', 'other']).optional(),
  /**
   * Where it stands: a text, or the class of a mapper (`class:0`: nothing but a class). `*`: the part of the call's name that
   * stands for it. `class`: the class that the chain begins with. `receiver`: what it is called on, by its name.
   */
  table: Ats.optional(),
  columns: Ats.optional(),
  filter: Ats.optional(),
  /** The column that a filter which is no condition is compared with: the key of a row. */
  key: z.string().optional(),
  limit: At.optional(),
  /** It reads one row at most. */
  one: z.boolean().default(false),
  lock: z.boolean().default(false),
  /** What the result is: further calls on it belong to this query. */
  chain: z.string().optional(),
});

const PROCEDURES = ['trpc', 'graphql', 'grpc', 'socket.io', 'websocket'] as const;

const ProcedureModel = z.strictObject({
  by: z.enum(PROCEDURES),
  /**
   * `answers`: what it is given, or what stands under it, is a procedure. `joins`: its argument holds some by their names. `served`:
   * what it is given is served there. `opens`: its result, or the parameter of the function that it is given, stands in this
   * namespace. `wraps`: what is sent stands in the field `json`, if such a value is given. `schema`: a text of types.
   */
  does: z.enum(['answers', 'joins', 'served', 'opens', 'wraps']).default('answers'),
  call: Names.optional(),
  decorator: Names.optional(),
  /** A method of a class that extends this, or of a struct of Go that embeds it: a pattern whose first group is the service or type. */
  extends: z.string().optional(),
  /** Of such a class: a pattern of methods, whose first group, if there is one, is the name. */
  methods: z.string().default('([A-Z]\\w*)'),
  /** A method of a struct of Go of such a name: a pattern whose first group is the type. */
  receiver: z.string().optional(),
  name: At.optional(),
  /** Where the procedures stand that it joins or serves, or what it wraps by. */
  of: At.optional(),
  /** Where the path says where it is served, or the namespace. */
  at: At.optional(),
  /** … or what that is. */
  path: z.string().optional(),
  operation: z.enum(['query', 'mutation']).optional(),
  /** Names of arguments are written in camel case there. */
  camel: z.boolean().default(false),
});

/** What a library model says for the facts of a program: routes, queries, calls that leave it, and so on. */
export const FACT_KEYS = {
  routes: z.array(RouteModel).default([]),
  /** Calls, decorators and functions that let only some requests through, and why. */
  roles: z.array(z.strictObject({ call: Names, does: z.enum(ROLES) })).default([]),
  /** Calls that decide the status code of the answer. `body`: what is sent as JSON. */
  answers: z
    .array(
      z.strictObject({ call: Names, status: At.optional(), code: z.number().int().optional(), body: At.optional() }),
    )
    .default([]),
  /** Calls that read what a request holds into what is given to them. */
  inputs: z.array(z.strictObject({ call: Names, at: At })).default([]),
  /** Calls of builders and mappers. Texts of SQL are known by the sinks of this kind. */
  queries: z.array(QueryModel).default([]),
  transactions: z
    .array(
      z.strictObject({
        /** The function that is given to it, the block that holds it, or the function that it decorates is one. */
        call: Names.optional(),
        /** What is called on a value of this type is in one. */
        type: Names.optional(),
      }),
    )
    .default([]),
  /** Calls that leave the program. */
  outgoing: z
    .array(
      z.strictObject({
        call: Names,
        /** `name`: the call's own name. */
        method: z.union([z.literal('name'), At]).default('name'),
        url: At.optional(),
        /** Where a limit of time is said: in the call, or in the call that made the client. */
        timeout: Ats.default([]),
        /** The library has a limit of its own. */
        limited: z.boolean().default(false),
        /** The call makes a client: nothing is sent. */
        makes: z.boolean().default(false),
        /** It sends a mail, or another message to a person. */
        mail: z.boolean().default(false),
      }),
    )
    .default([]),
  consumers: z
    .array(
      z.strictObject({
        /** It is given what works messages off, or takes them (`around`); or it only says from where. */
        call: Names.optional(),
        /** A function under it works messages off. */
        decorator: Names.optional(),
        /** It stands on a class, whose method of this name does so. */
        method: z.string().optional(),
        /** Only with constants as these patterns say. */
        when: z.record(z.string(), z.string()).default({}),
        name: At.optional(),
        automatic: z.record(z.string(), z.string()).optional(),
        /** The function around the call works off what it gives. */
        around: z.boolean().default(false),
      }),
    )
    .default([]),
  producers: z
    .array(
      z.strictObject({
        call: Names,
        name: At.optional(),
        /** What says that it is sent after a while. */
        late: Ats.optional(),
        /** Of a call on a function of the program: one of its decorators says this. */
        decorated: z.string().optional(),
        /** Of the same, with its imports: what sends it is known. Else it may be a message of the database's own. */
        known: z.string().optional(),
      }),
    )
    .default([]),
  /** Functions that callers reach by a name. */
  procedures: z.array(ProcedureModel).default([]),
  /** Calls and fields that read a setting from outside the program: `os.getenv`, `os.environ.*`. */
  reads: z.array(z.strictObject({ at: Names, name: At.optional() })).default([]),
} as const;

export type RouteModel = z.infer<typeof RouteModel>;
export type ProcedureModel = z.infer<typeof ProcedureModel>;
export type ProcedureKind = ProcedureModel['by'];
export type QueryModel = z.infer<typeof QueryModel>;
export type Role = Exclude<(typeof ROLES)[number], 'nothing'>;
export type At = z.infer<typeof At>;
