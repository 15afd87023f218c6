import { loadAgents } from '../agents/load-agents.ts';
import type { Environment } from '../config/env.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError, describeError } from '../errors.ts';
import { openEndpoint } from '../model/claude/open-endpoint.ts';
import { decideFallback, decideModels } from '../model/create-model-reviewer.ts';
import { listUnpriced } from '../model/prices.ts';
import { probeModel } from '../model/probe-model.ts';
import { type Outcome, ok } from './check.ts';

/** For each question to the model's endpoint, in milliseconds. */
const PROBE_MS = 10_000;

/** @throws AppError naming what the endpoint lacks, or the model that it does not know and the variable that chooses another */
export async function checkModel(env: Environment): Promise<Outcome> {
  const endpoint = openEndpoint(env);
  if ('off' in endpoint) {
    if (endpoint.isWanted) throw new AppError('CONFIG_INVALID', endpoint.off);
    return {
      status: 'off',
      text: `off: ${endpoint.off}; deterministic analysers only`,
      todo: 'If you want Claude too, set ANTHROPIC_API_KEY, or BACKEND_DEV_ENDPOINT and its settings, and start again.',
    };
  }
  const client = await endpoint.connect(PROBE_MS);
  const { review, triage, refute } = decideModels(loadAgents().get(DEFAULT_AGENT) ?? { model: 'inherit' }, env);
  const fallback = decideFallback(env);
  const wanted: [string, string][] = [
    ['BACKEND_DEV_MODEL', review],
    ['BACKEND_DEV_TRIAGE_MODEL', triage],
    ['BACKEND_DEV_REFUTE_MODEL', refute],
    ...(fallback ? [['BACKEND_DEV_FALLBACK_MODEL', fallback] as [string, string]] : []),
  ];
  const told = new Map<string, string>();
  for (const [setting, model] of wanted) {
    if (told.has(model)) continue;
    try {
      const known = await probeModel(client, model);
      const unpriced = listUnpriced([model], env.BACKEND_DEV_PRICES).length > 0;
      told.set(model, unpriced ? `${known}; its price is unknown, BACKEND_DEV_PRICES tells it` : known);
    } catch (error) {
      const message = `${endpoint.name}, ${model} (another one: ${setting}): ${describeCauses(error)}`;
      throw new AppError('MODEL_REJECTED', message, { cause: error });
    }
  }
  return ok(`${endpoint.name}: ${[...told].map(([model, text]) => `${model} (${text})`).join(', ')}`);
}

/** That credentials could not be had is said by the error, why by its cause. */
function describeCauses(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${describeError(error)}${cause}`;
}
