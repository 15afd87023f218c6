import { createHash } from 'node:crypto';
import type { RawFinding } from './finding.ts';

/**
 * The identity of a finding: rule, enclosing symbol and the code itself, normalised; never path or line, so that it survives
 * moved lines, a renamed file, reformatting and a rebase. Equal snippets in one symbol stay apart by their order in the file.
 * Within a pull request a finding is known by its path and this.
 */
export function fingerprintFindings<T extends RawFinding>(findings: readonly T[]): (T & { fingerprint: string })[] {
  const seen = new Map<string, number>();
  const order = [...findings].sort((a, b) => a.startLine - b.startLine);
  const prints = new Map<T, string>();
  for (const finding of order) {
    const key = [finding.ruleId, finding.symbol, normaliseSnippet(finding.snippet || finding.evidence)].join('\0');
    const place = `${finding.path}\0${key}`;
    const nth = seen.get(place) ?? 0;
    seen.set(place, nth + 1);
    prints.set(finding, createHash('sha256').update(`${key}\0${nth}`).digest('hex').slice(0, 20));
  }
  return findings.map((finding) => ({ ...finding, fingerprint: prints.get(finding) ?? '' }));
}

/** The flaw and its code, wherever it stands: what stays the same when code moves or its function is renamed. */
export function identifyCode({ ruleId, snippet, evidence }: RawFinding): string {
  return createHash('sha256')
    .update(`${ruleId}\0${normaliseSnippet(snippet || evidence)}`)
    .digest('hex')
    .slice(0, 20);
}

const NAMES = 4;

/**
 * What a finding may be known by in a ledger: its fingerprint, and, where people ignored it while it was less bad, the next
 * name after that. A flaw that became worse is another one, and what was ignored stays ignored.
 */
export function listNames(fingerprint: string): string[] {
  const names = [fingerprint];
  while (names.length < NAMES)
    names.push(
      createHash('sha256')
        .update(`${names.at(-1)}\0worse`)
        .digest('hex')
        .slice(0, 20),
    );
  return names;
}

/** Without white space. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** What formatters change is left out: white space, kind of quotes, trailing commas, semicolons at the end. */
function normaliseSnippet(code: string): string {
  return squeeze(code)
    .replaceAll("'", '"')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/;+$/, '');
}
