import { createHash } from 'node:crypto';
import type { RawFinding } from './finding.ts';

/**
 * The identity of a finding: rule, path, enclosing symbol and the code itself without its white space; never the line, so
 * that it survives moved lines and reformatting. Equal snippets in one symbol stay apart by their order in the file.
 */
export function fingerprintFindings<T extends RawFinding>(findings: readonly T[]): (T & { fingerprint: string })[] {
  const seen = new Map<string, number>();
  const order = [...findings].sort((a, b) => a.startLine - b.startLine);
  const prints = new Map<T, string>();
  for (const finding of order) {
    const key = [finding.ruleId, finding.path, finding.symbol, finding.evidence.replace(/\s+/g, '')].join('\0');
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    prints.set(finding, createHash('sha256').update(`${key}\0${nth}`).digest('hex').slice(0, 20));
  }
  return findings.map((finding) => ({ ...finding, fingerprint: prints.get(finding) ?? '' }));
}
