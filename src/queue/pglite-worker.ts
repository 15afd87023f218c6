import { Worker } from 'node:worker_threads';
import { urlOfProgram } from '../built-files.ts';
import { AppError } from '../errors.ts';
import type { Row } from './database.ts';
import type { PgliteReply } from './pglite-thread.ts';

export interface PgliteWorker {
  send: (text: string, values?: readonly unknown[]) => Promise<Row[]>;
  close: () => Promise<void>;
}

/** PGlite on a directory, in a thread of its own. Resolves when it is open. @throws the error of opening */
export async function startPgliteWorker(dir: string): Promise<PgliteWorker> {
  const waiting = new Map<number, { resolve: (rows: Row[]) => void; reject: (error: Error) => void }>();
  let broken: Error | null = null;
  let nextId = 1;
  const worker = new Worker(urlOfProgram('queue/pglite-thread'), { workerData: { dir }, env: {} });
  const failAll = (message: string, cause?: Error): void => {
    broken = new AppError('DATABASE_UNAVAILABLE', message, { retry: 'backoff', cause });
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  };
  worker.on('error', (error) => failAll(`the embedded database in ${dir} failed: ${error.message}`, error));
  worker.on('exit', () => failAll('the embedded database is closed'));
  worker.on('message', (reply: PgliteReply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (!call) return;
    if ('rows' in reply) call.resolve(reply.rows);
    else call.reject(Object.assign(new Error(reply.error.message), reply.error.code && { code: reply.error.code }));
  });
  const send: PgliteWorker['send'] = (text, values) =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, text, values: values && values.length > 0 ? values : null });
    });
  await new Promise<Row[]>((resolve, reject) => waiting.set(0, { resolve, reject }));
  return {
    send,
    close: async () => {
      if (!broken) await send('backend-dev:close');
      await worker.terminate();
    },
  };
}
