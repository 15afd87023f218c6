import { HttpError } from '../errors.js';

export interface JsonRequest {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: unknown;
  timeoutMs?: number;
}

export interface JsonResponse {
  status: number;
  text: string;
}

/** One way to talk JSON over HTTP: a time limit, a limit on what is read, an error that names the host. */
export async function requestJson(request: JsonRequest): Promise<JsonResponse> {
  const { url, method = 'POST', headers = {}, body, timeoutMs = 10_000 } = request;
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  try {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', 'user-agent': 'waybill/1', ...headers },
      body: payload,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: (await response.text()).slice(0, 64 * 1024) };
  } catch (error) {
    throw new HttpError(502, 'upstream', `${new URL(url).host} did not answer: ${(error as Error).message}`);
  }
}
