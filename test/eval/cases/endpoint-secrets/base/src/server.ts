import { createApp } from './app.js';
import { config } from './config.js';
import { pool } from './db.js';
import { logger } from './logger.js';
import { notifyOps } from './ops/notify.js';

const server = createApp().listen(config.PORT, () => logger.info({ port: config.PORT }, 'listening'));

process.on('SIGTERM', () => {
  server.close(async () => {
    await pool.end();
    process.exit(0);
  });
});

process.on('unhandledRejection', (error) => {
  logger.error({ err: error }, 'unhandled rejection');
  void notifyOps('waybill-api: an unhandled rejection, see the log');
});
