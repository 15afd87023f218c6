import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/** Runs PGlite off the main thread: a long query would otherwise stop the event loop, and with it every webhook. */
export interface PgliteRequest {
  id: number;
  text: string;
  values: unknown[] | null;
}

export type PgliteReply =
  | { id: number; rows: Record<string, unknown>[] }
  | { id: number; error: { message: string; code?: string } };

const database = await PGlite.create((workerData as { dir: string }).dir, { relaxedDurability: false });

parentPort?.on('message', ({ id, text, values }: PgliteRequest) => {
  void run(text, values).then(
    (rows) => parentPort?.postMessage({ id, rows } satisfies PgliteReply),
    (error: Error & { code?: string }) =>
      parentPort?.postMessage({
        id,
        error: { message: error.message, ...(error.code && { code: error.code }) },
      } satisfies PgliteReply),
  );
});
parentPort?.postMessage({ id: 0, rows: [] } satisfies PgliteReply);

async function run(text: string, values: unknown[] | null): Promise<Record<string, unknown>[]> {
  if (text === 'backend-dev:close') {
    await database.close();
    return [];
  }
  if (values) return (await database.query<Record<string, unknown>>(text, values)).rows;
  return (await database.exec(text)).flatMap((result) => result.rows as Record<string, unknown>[]);
}
