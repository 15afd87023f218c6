import { ApolloServer } from '@apollo/server';
import { Pool } from 'pg';
import { typeDefs } from './schema.ts';

const pool = new Pool();

const resolvers = {
  Query: {
    orders: async (_: unknown, { sort }: { sort: string }) => {
      const { rows } = await pool.query(`SELECT id, total FROM orders ORDER BY ${sort} LIMIT 20`); // ! critical sql-injection
      return rows;
    },
    order: async (_: unknown, { id }: { id: string }) => {
      const { rows } = await pool.query('SELECT id, total FROM orders WHERE id = $1', [id]);
      return rows[0];
    },
  },
};

export const server = new ApolloServer({ typeDefs, resolvers }); // ! low graphql-without-depth
