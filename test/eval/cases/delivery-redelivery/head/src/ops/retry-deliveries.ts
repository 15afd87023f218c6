import { logger } from '../logger.js';
import { deliver } from '../webhooks/deliver.js';
import { findDelivery, listFailed } from '../webhooks/deliveries.js';
import { readEndpoint } from '../webhooks/endpoints.js';

const MOST = 200;

/** `node dist/ops/retry-deliveries.js [ID]`: every ten minutes from cron, or one delivery by hand. */
const [, , wanted] = process.argv;
const one = wanted === undefined ? undefined : await findDelivery(wanted);
for (const delivery of wanted === undefined ? await listFailed(MOST) : one ? [one] : []) {
  const endpoint = await readEndpoint(delivery.endpoint_id);
  if (!endpoint || endpoint.disabled_at) continue;
  const { status } = await deliver(endpoint, delivery.event, delivery.payload);
  logger.info({ delivery: delivery.id, status }, 'tried again');
}
