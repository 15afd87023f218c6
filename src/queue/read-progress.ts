import type { Queryable } from './database.ts';

/** How far an App has come, by its database. */
export interface Progress {
  /** The last webhook with a valid signature, and when it came, in ISO 8601. */
  webhook: { event: string; at: string } | null;
  /** The last review that was begun. */
  review: { done: boolean; at: string; error: string | null } | null;
}

/** Of an App that was never started. */
export const NO_PROGRESS: Progress = { webhook: null, review: null };

/** A database that no App has used yet knows nothing. */
export async function readProgress(database: Queryable, appId: number): Promise<Progress> {
  const [known] = await database.query(
    "select to_regclass('backend_dev.webhook_seen') is not null and to_regclass('backend_dev.run') is not null as known",
  );
  if (known?.known !== true) return NO_PROGRESS;
  const [webhook] = await database.query('select event, at from backend_dev.webhook_seen where app_id = $1', [appId]);
  const [review] = await database.query(
    `select stage = 'done' as done, updated_at as at, error from backend_dev.run
     where stage <> 'dropped' order by seq desc limit 1`,
  );
  return {
    webhook: webhook ? { event: String(webhook.event), at: toIso(webhook.at) } : null,
    review: review ? { done: review.done === true, at: toIso(review.at), error: toText(review.error) } : null,
  };
}

function toIso(value: unknown): string {
  return (value instanceof Date ? value : new Date(String(value))).toISOString();
}

function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
