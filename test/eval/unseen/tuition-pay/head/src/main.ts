import pg from 'pg';
import { pino } from 'pino';
import { createApp } from './app.js';
import { loadConfig } from './config.js';

const config = loadConfig(process.env);
const log = pino();
const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 12, statement_timeout: 8_000 });

createApp({ config, pool, log }).listen(config.port, () => log.info({ port: config.port }, 'listening'));
