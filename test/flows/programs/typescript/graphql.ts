// --- arguments that the schema types as enums and numbers: all else is refused
import { ApolloServer } from '@apollo/server';
import { pool } from './pool.js';
const typeDefs = `#graphql
  enum Order { ASC DESC }
  enum SortBy { NAME TOTAL }
  type Item { id: ID! }
  input ListInput { order: Order!, q: String }
  type Query { items(order: Order!, by: SortBy = NAME, q: String): [Item!]!  list(input: ListInput!): [Item!]!  n(limit: Int!): [Item!]! }
`;
const resolvers = {
  Query: {
    items: async (_: unknown, args: { order: string; by: string; q: string }) => {
      const { rows } = await pool.query(`select id from items order by ${args.by} ${args.order}`);
      return rows;
    },
    list: async (_: unknown, { input }: any) => (await pool.query(`select id from items order by id ${input.order}`)).rows,
    n: async (_: unknown, { limit }: any) => (await pool.query(`select id from items limit ${limit}`)).rows,
  },
};
export const server = new ApolloServer({ typeDefs, resolvers });
// file: pool.ts
import { Pool } from 'pg';
export const pool = new Pool();

// --- an argument beside one of an enum is any text
import { ApolloServer } from '@apollo/server';
import { pool } from './pool.js';
const typeDefs = `#graphql
  enum Order { ASC DESC }
  type Item { id: ID! }
  type Query { items(order: Order!, q: String): [Item!]! }
`;
const resolvers = {
  Query: {
    items: async (_: unknown, args: { order: string; q: string }) => {
      const { rows } = await pool.query(`select id from items where name = '${args.q}' order by id ${args.order}`); // ! critical sql-injection
      return rows;
    },
  },
};
export const server = new ApolloServer({ typeDefs, resolvers });
// file: pool.ts
import { Pool } from 'pg';
export const pool = new Pool();

// --- NestJS: enums of the schema
import { Args, Query, Resolver, registerEnumType, InputType, Field, Int } from '@nestjs/graphql';
import { DataSource } from 'typeorm';
import { Direction } from './direction';
export enum Order { ASC = 'ASC', DESC = 'DESC' }
registerEnumType(Order, { name: 'Order' });
@InputType()
export class ListInput {
  @Field(() => Order) order!: Order;
  @Field(() => Direction) direction!: Direction;
  @Field() q!: string;
}
@Resolver()
export class Items {
  constructor(private readonly ds: DataSource) {}
  @Query(() => [String])
  items(@Args('order', { type: () => Order }) order: Order) { return this.ds.query(`select id from items order by id ${order}`); }
  @Query(() => [String])
  itemsText(@Args('order', { type: () => Order }) order: string) { return this.ds.query(`select id from items order by id ${order}`); }
  @Query(() => [String])
  other(@Args('direction', { type: () => Direction }) direction: Direction) { return this.ds.query(`select id from items order by id ${direction}`); }
  @Query(() => [String])
  list(@Args('input') input: ListInput) { return this.ds.query(`select id from items order by id ${input.order} ${input.direction}`); }
  @Query(() => [String])
  limit(@Args('n', { type: () => Int }) n: number) { return this.ds.query(`select id from items limit ${n}`); }
}
// file: direction.ts
export enum Direction { Up = 'UP', Down = 'DOWN' }

// --- type-graphql: of an enum whose declaration is not there it is only suspected
import { Arg, Args, ArgsType, Field, Query, Resolver, registerEnumType } from 'type-graphql';
import { getManager } from 'typeorm';
import { Way } from '@acme/shared';
export enum Order { ASC = 'ASC', DESC = 'DESC' }
registerEnumType(Order, { name: 'Order' });
@ArgsType()
class ListArgs { @Field(() => Order) order!: Order; @Field(() => Way) way!: Way; @Field() q!: string; }
@Resolver()
export class Items {
  @Query(() => [String])
  items(@Arg('order', () => Order) order: Order) { return getManager().query(`select id from items order by id ${order}`); }
  @Query(() => [String])
  list(@Args() args: ListArgs) { return getManager().query(`select id from items order by id ${args.order}`); }
  @Query(() => [String])
  way(@Args() args: ListArgs) { return getManager().query(`select id from items order by id ${args.way}`); } // ! critical sql-injection
  @Query(() => [String])
  bad(@Args() args: ListArgs) { return getManager().query(`select id from items where q = '${args.q}'`); } // ! critical sql-injection
}

// --- pothos: an enum of the builder
import SchemaBuilder from '@pothos/core';
import { pool } from './pool.js';
const builder = new SchemaBuilder({});
const Order = builder.enumType('Order', { values: ['ASC', 'DESC'] as const });
builder.queryField('items', (t) => t.field({
  type: ['String'],
  args: { order: t.arg({ type: Order, required: true }), q: t.arg.string() },
  resolve: async (_root, args) => (await pool.query(`select id from items order by id ${args.order}`)).rows,
}));
builder.queryField('bad', (t) => t.field({
  type: ['String'],
  args: { order: t.arg({ type: Order, required: true }), q: t.arg.string() },
  resolve: async (_root, args, ctx) => (await pool.query(`select id from items where q = '${args.q}'`)).rows, // ! critical sql-injection
}));
// file: pool.ts
import { Pool } from 'pg';
export const pool = new Pool();

// --- graphql-js: an enum that is made
import { GraphQLEnumType, GraphQLObjectType, GraphQLSchema, GraphQLString, GraphQLInt } from 'graphql';
import { pool } from './pool.js';
const Order = new GraphQLEnumType({ name: 'Order', values: { ASC: { value: 'asc' }, DESC: { value: 'desc' } } });
export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      items: { type: GraphQLString, args: { order: { type: Order }, n: { type: GraphQLInt } }, resolve: async (_root, args) => (await pool.query(`select id from items order by id ${args.order}`)).rows },
      bad: { type: GraphQLString, args: { q: { type: GraphQLString } }, resolve: async (_root, args) => (await pool.query(`select id from items where q = '${args.q}'`)).rows }, // ! critical sql-injection
    },
  }),
});
// file: pool.ts
import { Pool } from 'pg';
export const pool = new Pool();
