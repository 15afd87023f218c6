import { readEnvironment } from '../../src/config/env.ts';
import type { Endpoint } from '../../src/model/claude/endpoint.ts';
import { openEndpoint } from '../../src/model/claude/open-endpoint.ts';

/** The endpoint that these variables alone choose. */
export function endpointOf(env: Record<string, string>): Endpoint {
  const endpoint = openEndpoint(readEnvironment(env));
  if ('off' in endpoint) throw new Error(endpoint.off);
  return endpoint;
}

/** Anthropic's API at another address. */
export function endpointAt(url: string, apiKey = 'k'): Endpoint {
  return endpointOf({ ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: url });
}
