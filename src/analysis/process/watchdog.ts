import { workerData } from 'node:worker_threads';

/**
 * A thread inside an analysis process. It runs on while native code or a loop holds the main thread, and ends the process with
 * all that it started when it takes too much memory, native memory included, or when the App is gone.
 */
const { parent, rssMb } = workerData as { parent: number; rssMb: number };

setInterval(() => {
  if (process.ppid === parent && process.memoryUsage.rss() < rssMb * 1_048_576) return;
  // Its own process group, where the platform has groups.
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
}, 100);
