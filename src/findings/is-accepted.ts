import type { Finding } from './finding.ts';

/** What tools for the same flaws are told of a line: somebody has looked at it. Sources: bandit, ruff, gosec, SonarQube, semgrep. */
const ACCEPTED =
  /(?:#|\/\/|\/\*)\s*(?:#?nosec\b|noqa:[^\n]*\bS\d{3}\b|NOSONAR\b|nosemgrep\b)|\/\/\s*nolint:[^\n]*\bgosec\b/;

/**
 * A line of which the maintainers say that they know, in a look at all of their project. A change that brings such a mark is told
 * all the same, and so is what is critical.
 */
export function isAccepted({ evidence, severity, cwe }: Pick<Finding, 'evidence' | 'severity' | 'cwe'>): boolean {
  return severity !== 'critical' && cwe.length > 0 && ACCEPTED.test(evidence);
}
