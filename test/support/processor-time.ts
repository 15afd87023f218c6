/** What `fixedWork` twice takes on the machine that the limits in the tests were set on, in milliseconds of processor time. */
const REFERENCE_MS = 4;

/** Some of all that costs time in the tests: patterns, texts, maps, new objects. Always the same. */
function fixedWork(): number {
  const words = Array.from({ length: 6000 }, (_, at) => `word${(at * 7919) % 6007}`);
  const counts = new Map<string, { seen: number }>();
  for (const word of words) counts.set(word.slice(0, 6), { seen: (counts.get(word.slice(0, 6))?.seen ?? 0) + 1 });
  const text = [...words].sort().join(' ');
  return counts.size + [...text.matchAll(/\bword(\d)\d*(?= word\d+1\b)/g)].length;
}

const msSince = (start: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};

/** The shortest of a few: what the collector of garbage does beside one of them is not the machine's pace. */
function slowness(): number {
  const took = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    for (let times = 0; times < 2; times += 1) fixedWork();
    return msSince(start);
  });
  return Math.min(...took) / REFERENCE_MS;
}

// A new text of code is slow until the machine has made its own of it.
for (let times = 0; times < 60; times += 1) fixedWork();

/**
 * Begins to count processor time of this process, and gives what tells how much it was: in milliseconds of the machine that the
 * limits were set on. Another machine, and this one while two threads share a core, takes longer for everything alike; what costs
 * the square of a text takes longer than that.
 */
export function startProcessorClock(): () => number {
  const before = slowness();
  const start = process.cpuUsage();
  return () => {
    const took = msSince(start);
    return took / Math.max(1, before, slowness());
  };
}
