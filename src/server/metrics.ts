import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answered } from '../pipeline/purse.ts';

export interface Metrics {
  registry: Registry;
  deliveries: Counter<'event' | 'outcome'>;
  refused: Counter<'reason'>;
  githubRequests: Counter<string>;
  stages: Histogram<'stage'>;
  jobs: Counter<'outcome'>;
  modelReviews: Counter<'status'>;
  modelRequests: Counter<'stage' | 'model'>;
  modelTokens: Counter<'stage' | 'model' | 'kind'>;
  modelCost: Counter<'stage' | 'model'>;
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
    modelReviews: new Counter({
      name: 'backend_dev_model_reviews_total',
      help: 'Reviews by what became of Claude’s part: complete, partial, failed, off.',
      labelNames: ['status'],
      registers,
    }),
    modelRequests: new Counter({
      name: 'backend_dev_model_requests_total',
      help: 'Answers of Claude, by stage and model.',
      labelNames: ['stage', 'model'],
      registers,
    }),
    modelTokens: new Counter({
      name: 'backend_dev_model_tokens_total',
      help: 'Their tokens, by kind: input, cache_read, output.',
      labelNames: ['stage', 'model', 'kind'],
      registers,
    }),
    modelCost: new Counter({
      name: 'backend_dev_model_cost_usd_total',
      help: 'What they cost in US dollars, by the prices that the App knows.',
      labelNames: ['stage', 'model'],
      registers,
    }),
  };
}

/** What an answer of Claude cost. Stage and model are the App's and the operator's words, never a stranger's. */
export function noteAnswer(
  { modelRequests, modelTokens, modelCost }: Pick<Metrics, 'modelRequests' | 'modelTokens' | 'modelCost'>,
  { stage, model, usage }: Answered,
): void {
  modelRequests.inc({ stage, model });
  modelTokens.inc({ stage, model, kind: 'input' }, usage.inputTokens);
  modelTokens.inc({ stage, model, kind: 'cache_read' }, usage.cacheReadTokens);
  modelTokens.inc({ stage, model, kind: 'output' }, usage.outputTokens);
  modelCost.inc({ stage, model }, usage.costUsd);
}
