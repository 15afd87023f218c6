import { SingleBar } from 'cli-progress';

export interface Progress {
  step: () => void;
  stop: () => void;
}

/** A progress bar on standard error when that is a terminal; silence otherwise. */
export function createProgress(total: number): Progress {
  if (!process.stderr.isTTY || total === 0) return { step: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    format: 'reviewing {bar} {value}/{total} files',
  });
  bar.start(total, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
