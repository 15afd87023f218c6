import { config } from '../config.js';
import { logger } from '../logger.js';

/** Posts a line to the operations channel. Never throws: a silent channel must not stop the work. */
export async function notifyOps(text: string): Promise<void> {
  if (!config.OPS_CHAT_URL) return;
  try {
    const response = await fetch(config.OPS_CHAT_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(3_000),
    });
    if (!response.ok) logger.warn({ status: response.status }, 'operations channel refused a message');
  } catch (error) {
    logger.warn({ err: error }, 'operations channel is not reachable');
  }
}
