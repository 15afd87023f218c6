import pg from 'pg';
import { createApp } from './app.js';
import { createTokenReader } from './http/token.js';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 15, statement_timeout: 5_000 });
const readToken = createTokenReader(process.env.TOKEN_KEY ?? '');

createApp({ pool, readToken }).listen(Number(process.env.PORT ?? 8080));
