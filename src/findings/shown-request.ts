import { z } from 'zod';

/** A text that a person can read, and that cannot end a line, a quotation or a block wherever it is shown. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * What a person can send to see a flaw: built from the route and the way of the data, and never sent by us. Its path is encoded
 * and its texts are printable ASCII on one line, whatever the names in the code are.
 */
export const ShownRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('request'),
    method: z.string().regex(/^[A-Z]{3,10}$/),
    /** With its query, encoded by RFC 3986. */
    path: z.string().regex(/^\/[\w.~/%?&=-]*$/),
    /** What the path begins with in place of what is not known: under which path its router is mounted. */
    mount: z.literal('/MOUNT').exactOptional(),
    /** What stands there; unset: its router. `prefix`: with the names of routers around it. */
    mounted: z.enum(['procedures', 'prefix', 'schema']).exactOptional(),
    headers: z.array(z.object({ name: z.string().regex(/^[\w-]+$/), value: z.string().regex(PRINTABLE) })),
    body: z.string().regex(PRINTABLE).nullable(),
    /** What carries the value, and the value: "`sort` is `'`". */
    parameter: z.string().regex(PRINTABLE),
    value: z.string().regex(PRINTABLE),
    /** Only who is let in can send it. */
    authorised: z.boolean(),
    /** What whoever sends it sees, as a sentence. */
    shows: z.string(),
  }),
  z.object({
    kind: z.literal('message'),
    /** An event of a function in the cloud, or what is sent over a WebSocket. */
    sort: z.enum(['event', 'socket']).exactOptional(),
    /** Queue, topic or channel; null: it is not known. */
    queue: z.string().regex(PRINTABLE).nullable(),
    body: z.string().regex(PRINTABLE),
    parameter: z.string().regex(PRINTABLE),
    value: z.string().regex(PRINTABLE),
    shows: z.string(),
  }),
  z.object({
    kind: z.literal('call'),
    /** `shop.v1.Orders/GetOrder` */
    method: z.string().regex(/^[\w.]+\/\w+$/),
    /** What the method begins with in place of the package of its proto file, where that is not known. */
    package: z.literal('PACKAGE').exactOptional(),
    /** JSON */
    body: z.string().regex(PRINTABLE),
    parameter: z.string().regex(PRINTABLE),
    value: z.string().regex(PRINTABLE),
    shows: z.string(),
  }),
  z.object({
    kind: z.literal('emitted'),
    /** Of Socket.IO: `/admin`; the usual one is `/`. */
    namespace: z.string().regex(/^\/[\w./-]*$/),
    event: z.string().regex(PRINTABLE),
    /** A list in JSON. */
    arguments: z.string().regex(PRINTABLE),
    parameter: z.string().regex(PRINTABLE),
    value: z.string().regex(PRINTABLE),
    shows: z.string(),
  }),
]);
export type ShownRequest = z.infer<typeof ShownRequest>;
