import { buildApp } from './app.js';
import { createPool } from './db/pool.js';
import { startReminders } from './jobs/reminders.js';
import { createSmsClient } from './sms/client.js';

const pool = createPool(process.env.DATABASE_URL ?? 'postgres://localhost/dispatch');
const app = buildApp({ pool, jwtSecret: requireEnv('JWT_SECRET') });
const stopReminders = startReminders(pool, createSmsClient(requireEnv('SMS_URL'), requireEnv('SMS_TOKEN')), app.log);

process.once('SIGTERM', async () => {
  stopReminders();
  await app.close();
  await pool.end();
});

await app.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 3000) });

function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
