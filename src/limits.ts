/** How long the server waits, what it keeps, and what it accepts. Times are milliseconds. Tests give `composeService` shorter ones. */
export interface Limits {
  /** For one request to GitHub, until the last byte of its answer. */
  githubRequest: number;
  /** Between the beginnings of two writes to an installation. */
  writePause: number;
  /** So long after a review's beginning what the analysers found waits for the model no more; it stands there within 20 s. */
  provenAfter: number;
  /** After so long without work the processes that analyse end. */
  analysisIdle: number;
  /** At a stop, for reviews that are under way; what does not end in it is taken up by the next start. */
  drain: number;
  /** Between two looks for work that waits without a job. */
  sweep: number;
  /** Until a delivery that could not be written is answered with 503, well before GitHub's 10 s. */
  deliveryWrite: number;
  /** For the body of one webhook. */
  body: number;
  /** For all bodies that are held at once, in bytes. */
  bodiesBytes: number;
  /** Between two looks at the database for `/readyz`. */
  readiness: number;
  /** How long a delivery is known: GitHub lets anyone redeliver it for three days. */
  keepDeliveries: number;
  /** How long the texts of a finished run are kept. */
  keepRuns: number;
  /** How long an answer of the model is kept that no review used again. */
  keepAnswers: number;
  /** How long what people settled is a precedent. */
  keepPrecedents: number;
  /** How long it is known what Claude cost a repository on a day. */
  keepDays: number;
  /** Between two sweeps of what is older, and between two batches of one. */
  purgeEvery: number;
  purgePause: number;
  /** Rows of a batch. */
  purgeBatch: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const LIMITS: Limits = {
  githubRequest: MINUTE,
  // Source: docs.github.com, "Best practices for using the REST API", "Pause between mutative requests".
  writePause: 1000,
  provenAfter: 16_000,
  analysisIdle: 30_000,
  drain: 20_000,
  sweep: 30_000,
  deliveryWrite: 5000,
  body: 10_000,
  bodiesBytes: 64 * 1024 * 1024,
  readiness: 1000,
  keepDeliveries: 7 * DAY,
  keepRuns: 30 * DAY,
  keepAnswers: 7 * DAY,
  keepPrecedents: 365 * DAY,
  keepDays: 7 * DAY,
  purgeEvery: 60 * MINUTE,
  purgePause: 250,
  purgeBatch: 500,
};
