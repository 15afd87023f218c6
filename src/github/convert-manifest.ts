import { Octokit } from '@octokit/rest';
import { createLimitedFetch } from './limited-fetch.ts';
import { API_HEADERS, attempt } from './octokit.ts';

/** GitHub's answer to the code that it gave a browser for a manifest: the App with its key and secret. @throws AppError */
export async function convertManifest(code: string, baseUrl: string, requestMs: number): Promise<unknown> {
  const octokit = new Octokit({ baseUrl, request: { fetch: createLimitedFetch(requestMs) } });
  const { data } = await attempt('registering the App', () =>
    octokit.request('POST /app-manifests/{code}/conversions', { code, headers: API_HEADERS }),
  );
  return data;
}
