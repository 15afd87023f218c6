import { config } from '../config.js';
import { requestJson } from '../http/client.js';
import { logger } from '../logger.js';

/** Posts a line to the operations channel. Never throws: a silent channel must not stop the work. */
export async function notifyOps(text: string): Promise<void> {
  if (!config.OPS_CHAT_URL) return;
  try {
    const { status } = await requestJson({ url: config.OPS_CHAT_URL, body: { text }, timeoutMs: 3_000 });
    if (status >= 400) logger.warn({ status }, 'operations channel refused a message');
  } catch (error) {
    logger.warn({ err: error }, 'operations channel is not reachable');
  }
}
