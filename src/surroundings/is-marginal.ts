import type { RawFinding } from '../findings/finding.ts';

/** Rules about something that hangs or stays open. */
const WAITS = new Set(['missing-request-timeout', 'server-without-timeouts', 'response-not-closed']);
/** Words for a check for a newer version, a count of users, or numbers about the service. No user waits for these. */
const MARGIN =
  /(?:update|version|upgrade|release)s?[-_ ]?(?:check|notif)|check[-_ ]?(?:for[-_ ]?)?(?:updates?|(?:new[-_ ]?)?version|upgrade|release)|telemetry|health[-_ ]?check|metrics|pprof|usage[-_ ]?(?:stat|report)/i;

/** It keeps nobody of those waiting whom the service serves, as its file, function or line says. */
export function isMarginal({ ruleId, path, symbol, evidence }: RawFinding): boolean {
  const near = path.split('/').slice(-2).join('/');
  return WAITS.has(ruleId) && [near, symbol, evidence].some((one) => MARGIN.test(one));
}
