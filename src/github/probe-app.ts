import { z } from 'zod';
import { API_HEADERS, type Requests } from './octokit.ts';

/** What the App must be allowed to do, as in app.yml. */
export const NEEDED_PERMISSIONS: Record<string, 'read' | 'write'> = {
  checks: 'write',
  contents: 'read',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
};
export const NEEDED_EVENTS = ['check_run', 'issue_comment', 'pull_request', 'pull_request_review_comment'];

/** The App as GitHub knows it, and what it lacks. */
export async function probeApp(octokit: Requests): Promise<{ slug: string; missing: string[] }> {
  const { data } = await octokit.request('GET /app', { headers: API_HEADERS });
  const app = z
    .object({ slug: z.string(), permissions: z.record(z.string(), z.string()), events: z.array(z.string()) })
    .parse(data);
  const permissions = Object.entries(NEEDED_PERMISSIONS).filter(
    ([name, level]) => !(app.permissions[name] === level || app.permissions[name] === 'write'),
  );
  const events = NEEDED_EVENTS.filter((event) => !app.events.includes(event));
  return {
    slug: app.slug,
    missing: [
      ...permissions.map(([name, level]) => `permission ${name}: ${level}`),
      ...events.map((event) => `event ${event}`),
    ],
  };
}
