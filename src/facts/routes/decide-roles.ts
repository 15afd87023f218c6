import type { Role } from '../../flows/data/fact-keys.ts';
import { namesGuard } from '../../text/names-guard.ts';

const LIMITS = /rate_?limit|limiter|throttl|slow_?down|brute|quota/i;
const VALIDATES = /validat|schema|celebrate|check_?(?:body|schema|params|query)|\bdto\b/i;

export function rolesOfName(name: string): Role[] {
  const roles: Role[] = [];
  if (LIMITS.test(name)) roles.push('limits');
  else if (namesGuard(name)) roles.push('authorises');
  if (VALIDATES.test(name)) roles.push('validates');
  return roles;
}

/** What the status codes say that something answers with. */
export function rolesOfStatuses(statuses: readonly number[]): Role[] {
  return [
    ...(statuses.includes(401) || statuses.includes(403) ? (['authorises'] as const) : []),
    ...(statuses.includes(429) ? (['limits'] as const) : []),
  ];
}
