// Preloaded into the App's process and, with it, into its threads: their clock is the machine's plus the seconds in a file.
// Timers and performance.now() go on as they do when a real clock is set.
import { readFileSync } from 'node:fs';

const file = new URL(import.meta.url).searchParams.get('file');
const RealDate = Date;
let offset = 0;
const read = () => {
  try {
    offset = Number(readFileSync(file, 'utf8')) * 1000 || 0;
  } catch {
    // Not written yet.
  }
};
if (file) {
  read();
  setInterval(read, 100).unref();
  const now = () => RealDate.now() + offset;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
