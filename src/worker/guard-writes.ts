import type { Forge } from '../pipeline/forge.ts';

const IS_WRITE: Record<keyof Forge, boolean> = {
  readPullRequest: false,
  readChange: false,
  readContext: false,
  readPast: false,
  readPermission: false,
  traits: false,
  linkTo: false,
  publishReview: true,
  applyEdits: true,
  editSummary: true,
  startCheck: true,
  finishCheck: true,
  react: true,
  reply: true,
  replyInThread: true,
  resolveThreads: true,
  commitFiles: true,
};

/** GitHub for one worker: each write is preceded by `check`, and is not done when that fails. */
export function guardWrites(github: Forge, check: () => Promise<void>): Forge {
  const methods = Object.entries(github) as [keyof Forge, (...values: unknown[]) => unknown][];
  const guarded = methods.map(([name, method]) => [
    name,
    IS_WRITE[name]
      ? async (...values: unknown[]) => {
          await check();
          return await method(...values);
        }
      : method,
  ]);
  return Object.fromEntries(guarded) as Forge;
}
