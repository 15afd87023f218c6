import { Queue, Worker } from 'bullmq';
import { findMismatches } from './jobs/reconcile.js';
import { redis } from './redis.js';

const connection = redis.duplicate({ maxRetriesPerRequest: null });
const queue = new Queue('nightly', { connection });

await queue.upsertJobScheduler('reconcile', { pattern: '15 3 * * *' }, { name: 'reconcile' });

new Worker(
  'nightly',
  async () => {
    const mismatches = await findMismatches();
    for (const mismatch of mismatches) console.error(JSON.stringify({ alert: 'balance', ...mismatch }));
    return { mismatches: mismatches.length };
  },
  { connection },
);
