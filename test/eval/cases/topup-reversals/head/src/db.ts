import knexFactory, { type Knex } from 'knex';
import { env } from './env.js';

export const db = knexFactory({ client: 'pg', connection: env.databaseUrl, pool: { min: 2, max: 15 } });

export type Db = Knex | Knex.Transaction;
