// --- the input of a procedure of tRPC
import { initTRPC } from '@trpc/server';
import { ProxyAgent } from 'undici';
import { z } from 'zod';
const t = initTRPC.context<Context>().meta<Meta>().create({ transformer: superjson });
const publicProcedure = t.procedure;
const userProcedure = t.procedure.use(({ ctx, next }) => next({ ctx })).input(z.object({ team: z.string() }));
const Input = z.object({ url: z.string(), proxy: z.string().optional() });
export const routes = t.router({
  test: publicProcedure
    .meta({ openapi: { method: 'POST', path: '/test' } })
    .input(Input)
    .output(z.object({ status: z.number() }))
    .mutation(async ({ input }) => {
      const dispatcher = new ProxyAgent(input.proxy); // ! high server-side-request-forgery
      return (await fetch(input.url, { dispatcher })).status; // ! high server-side-request-forgery
    }),
  whole: publicProcedure.input(z.string()).query((options) => fetch(options.input)), // ! high server-side-request-forgery
  named: userProcedure.input(z.object({ name: z.string().min(1) })).query(async function ({ input: { name, team }, ctx }) {
    await ctx.prisma.$queryRawUnsafe(`SELECT * FROM orders WHERE name = '${name}'`); // ! critical sql-injection
    await ctx.prisma.$queryRawUnsafe(`SELECT * FROM orders WHERE team = '${team}'`); // ! critical sql-injection
  }),
});

// --- what its schema lets through is checked
import { initTRPC } from '@trpc/server';
import { ProxyAgent } from 'undici';
import { z } from 'zod';
const t = initTRPC.create();
const teamProcedure = t.procedure.input(z.object({ team: z.uuid() })).use(({ next }) => next());
export const routes = t.router({
  find: teamProcedure
    .input(z.object({ id: z.number().int(), sort: z.enum(['name', 'age']), from: z.string().regex(/^[a-z]+$/) }))
    .query(async ({ input, ctx }) => {
      await ctx.prisma.$queryRawUnsafe(`SELECT * FROM orders WHERE id = ${input.id} ORDER BY ${input.sort}`);
      await ctx.prisma.$queryRawUnsafe(`SELECT * FROM orders WHERE team = '${input.team}' AND a = '${input.from}'`);
      return fetch(`https://api.example.com/${input.sort}`);
    }),
  save: t.procedure.input(z.object({ name: z.string() })).mutation(({ input, ctx }) => ctx.prisma.user.create({ data: input })),
  bound: t.procedure.input(z.object({ name: z.string() })).query(({ input, ctx }) => ctx.prisma.$queryRaw`SELECT ${input.name}`),
  proxied: t.procedure.query(() => fetch('https://api.example.com', { dispatcher: new ProxyAgent(process.env.PROXY) })),
});

// --- actions and procedures of other builders
import { os } from '@orpc/server';
import { createSafeActionClient } from 'next-safe-action';
import { z } from 'zod';
const client = createSafeActionClient({ handleServerError: (error) => 'failed' }).use(async ({ next }) => next());
export const load = client.metadata({ name: 'load' }).inputSchema(z.object({ url: z.url() })).action(async ({ parsedInput: { url } }) => {
  await fetch(url); // ! high server-side-request-forgery
});
export const page = client.schema(z.object({ number: z.number() })).action(async ({ parsedInput }) => {
  await fetch(`http://pages-${parsedInput.number}/`);
});
export const image = os.route({ method: 'GET' }).input(z.object({ url: z.string(), size: z.enum(['a', 'b']) })).handler(async ({ input, context }) => {
  await fetch(`http://${input.size}.example.com/`);
  return fetch(input.url); // ! high server-side-request-forgery
});

// --- procedures of administrators, by the names of their builders
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
const t = initTRPC.create();
const isAdmin = t.middleware(({ ctx, next }) => (ctx.user.admin ? next() : Promise.reject(new Error('no'))));
const adminProcedure = t.procedure.use(isAdmin);
const urlProcedure = t.procedure.input(z.object({ url: z.string(), admin: z.boolean() }));
export const routes = t.router({
  a: adminProcedure.input(z.object({ url: z.string() })).query(({ input }) => fetch(input.url)), // ! low server-side-request-forgery
  b: t.procedure.use(isAdmin).input(z.object({ url: z.string() })).query(({ input }) => fetch(input.url)), // ! low server-side-request-forgery
  c: urlProcedure.query(({ input }) => fetch(input.url)), // ! high server-side-request-forgery
});
