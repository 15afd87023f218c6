import Anthropic from '@anthropic-ai/sdk';

/** Whether the model can be used with a key: one free request about the model itself. @returns its display name */
export async function probeModel(apiKey: string, baseUrl: string | undefined, model: string): Promise<string> {
  const client = new Anthropic({ apiKey, maxRetries: 0, timeout: 10_000, ...(baseUrl && { baseURL: baseUrl }) });
  return (await client.models.retrieve(model)).display_name;
}
