import type { Logger } from '../log.ts';
import { readSteadyClock } from '../steady-clock.ts';
import { cleanText } from '../text/clean-value.ts';
import type { Queryable } from './database.ts';

/** The pause between two notes, in milliseconds: they show that webhooks come, not each one. */
const PAUSE = 30_000;

/** Notes that a webhook came with the right signature. It holds nobody up, and one that cannot be written is no fault of the webhook. */
export function createWebhookNote(database: Queryable, appId: number, log: Logger): (event: string) => void {
  let until = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (readSteadyClock() < until) return;
    until = readSteadyClock() + PAUSE;
    database
      .query(
        `insert into backend_dev.webhook_seen (app_id, event, at) values ($1, $2, now())
         on conflict (app_id) do update set event = excluded.event, at = excluded.at`,
        [appId, cleanText(event)],
      )
      .catch((error: unknown) => {
        until = Number.NEGATIVE_INFINITY;
        log.warn({ err: error }, 'that a webhook came could not be noted');
      });
  };
}
