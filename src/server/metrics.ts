import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  deliveries: Counter<'event' | 'outcome'>;
  refused: Counter<'reason'>;
  githubRequests: Counter<string>;
  stages: Histogram<'stage'>;
  jobs: Counter<'outcome'>;
}

/** What an operator watches. `queueDepth` is read when Prometheus asks. */
export function createMetrics(queueDepth: () => Promise<number>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'backend_dev_queue_jobs',
    help: 'Pull requests waiting or being reviewed.',
    registers,
    async collect() {
      this.set(await queueDepth().catch(() => Number.NaN));
    },
  });
  return {
    registry,
    deliveries: new Counter({
      name: 'backend_dev_deliveries_total',
      help: 'Webhook deliveries by event and outcome.',
      labelNames: ['event', 'outcome'],
      registers,
    }),
    refused: new Counter({
      name: 'backend_dev_refused_total',
      help: 'Requests to the webhook path that were refused, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    githubRequests: new Counter({ name: 'backend_dev_github_requests_total', help: 'Requests to GitHub.', registers }),
    stages: new Histogram({
      name: 'backend_dev_review_stage_seconds',
      help: 'Seconds from the start of a review to each stage.',
      labelNames: ['stage'],
      buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300],
      registers,
    }),
    jobs: new Counter({ name: 'backend_dev_jobs_total', help: 'Jobs by outcome.', labelNames: ['outcome'], registers }),
  };
}
