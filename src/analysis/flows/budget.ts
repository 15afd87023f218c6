/**
 * Work that may be spent on a file, in steps of about 30 µs. It is counted, not timed: the same file is clipped on every
 * machine or on none.
 */
export interface Budget {
  /** False when there is no more; then it is `clipped`. */
  spend(steps: number): boolean;
  /** Something was left out for another reason: it lies too deep. */
  clip(): void;
  /** The next sink has its own share, so that one costly statement does not hide the others. */
  nextSink(): void;
  /** Nothing is left for any sink. */
  readonly empty: boolean;
  readonly clipped: boolean;
}

const FILE_STEPS = 30_000;
const SINK_STEPS = 8_000;

export function createBudget(fileSteps = FILE_STEPS, sinkSteps = SINK_STEPS): Budget {
  let left = fileSteps;
  let share = sinkSteps;
  let clipped = false;
  return {
    spend: (steps) => {
      left -= steps;
      share -= steps;
      if (left >= 0 && share >= 0) return true;
      clipped = true;
      return false;
    },
    clip: () => {
      clipped = true;
    },
    nextSink: () => {
      share = sinkSteps;
    },
    get empty() {
      return left < 0;
    },
    get clipped() {
      return clipped;
    },
  };
}
