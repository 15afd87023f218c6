import { createHash } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SourceFile } from '../../change/source-file.ts';
import type { Severity } from '../../findings/finding.ts';
import { isFiller, isMadeOfWords } from '../../secrets/judge-value.ts';
import { MASK } from '../../secrets/masked-text.ts';
import { mergeSecrets, searchText } from '../../secrets/search-text.ts';
import type { Secret } from '../../secrets/secret.ts';
import { PUBLISHED } from '../../secrets/token-kinds.ts';
import { gradeSecrets } from './grade-secrets.ts';

// It notes each rule of each file and forgets none: 12 KB a file in a process that does not end.
secretLintProfiler.setEnabled(false);

/**
 * Rules of the preset that are not run: `filter-comments` lets the text under review switch the search off; `aws` gives a range
 * that is wrong by the length of the name; `gcp` gives the whole file (and opens `.p12` files by their path); the others are
 * ours, with fewer false alarms.
 */
const LEFT_OUT = ['filter-comments', 'aws', 'gcp', 'privatekey', 'basicauth', 'database-connection-string'];

const CONFIG = {
  rules: rules
    .filter((rule) => !LEFT_OUT.some((name) => rule.meta.id.endsWith(`-rule-${name}`)))
    .map((rule) => ({ id: rule.meta.id, rule })),
};

/** Kinds in which a value stands without quotes. */
const BARE = new Set<SourceFile['kind']>(['config', 'yaml', 'workflow', 'openapi', 'dockerfile', 'credentials']);
/** A credential and its line, which stays the same when the text is masked. */
export interface FoundSecret extends Secret {
  line: number;
  /** The line that announces it (`-----BEGIN PRIVATE KEY-----`), where that is another one. */
  head?: number;
  severity: Severity;
  /** Tells one value from another, and too little to guess it: 16 bits. */
  mark: string;
  /** It is the secret of one of a service's clients. */
  client?: true;
}

/**
 * Everything in a file that looks like a credential, in order, by our own search and by secretlint's rules. `report` is true
 * for what a person should be told: placeholders, samples of a documentation and what is made for tests are masked in silence.
 */
export async function findSecrets(
  { path, kind }: Pick<SourceFile, 'path' | 'kind'>,
  text: string,
): Promise<FoundSecret[]> {
  const bare =
    BARE.has(kind) || (kind === 'test' && /\.(ya?ml|env|properties|ini|toml|conf|cfg|sh)$|\.env\b/.test(path));
  const found = mergeSecrets([...searchText(text, { bare }), ...(await runSecretlint(path, text))]);
  const grades = gradeSecrets({ path, kind, text, bare }, found);
  let [line, at] = [1, 0];
  return found.map((secret, index) => {
    line += countLineEnds(text.slice(at, secret.start));
    at = secret.start;
    const mark = createHash('sha256').update(text.slice(secret.start, secret.end)).digest('hex').slice(0, 4);
    const grade = grades[index] ?? null;
    const head = line - linesBelowLabel(text, secret);
    return { ...secret, line, ...(head < line && { head }), mark, report: grade !== null, severity: 'low', ...grade };
  });
}

/** How many lines the body of a key is below what announces it. */
function linesBelowLabel(text: string, { kind, label, start }: Secret): number {
  if (kind !== 'private key') return 0;
  const above = text.slice(Math.max(0, start - MOST_ABOVE), start);
  const at = above.lastIndexOf(label);
  return at < 0 ? 0 : countLineEnds(above.slice(at));
}

const MOST_ABOVE = 200;

function countLineEnds(text: string): number {
  return text.split('\n').length - 1;
}

/** Secretlint compares each message with every other one: a piece of a file has few. */
const PIECE = 32_768;
/** Pieces share so much where no line ends between them: no credential is longer. */
const SHARED = 4096;

async function runSecretlint(path: string, text: string): Promise<Secret[]> {
  const found: Secret[] = [];
  for (const { start, end } of cutPieces(text)) {
    const secrets = await lintPiece(path, text.slice(start, end));
    for (const secret of secrets) found.push({ ...secret, start: secret.start + start, end: secret.end + start });
  }
  return found;
}

/** At line ends; in a longer line between words, or anywhere. */
function cutPieces(text: string): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  let start = 0;
  while (text.length - start > PIECE + SHARED) {
    const window = text.slice(start, start + PIECE);
    const line = window.lastIndexOf('\n');
    const cut = line > 0 ? line + 1 : window.lastIndexOf(' ') > PIECE / 2 ? window.lastIndexOf(' ') : PIECE;
    pieces.push({ start, end: start + cut + (line > 0 ? 0 : SHARED) });
    start += cut;
  }
  return [...pieces, { start, end: text.length }];
}

async function lintPiece(path: string, content: string): Promise<Secret[]> {
  const { messages } = await lintSource({
    source: { filePath: path, content, ext: '', contentType: 'text' },
    options: { config: CONFIG, noPhysicFilePath: true },
  });
  return messages.flatMap(({ type, range: [start, end], message }) => {
    if (type !== 'message') return [];
    const value = content.slice(start, end).replace(/["'`;,)\s]+$/, '');
    const kind = /^found (?:matching )?([^:(]+)/.exec(message)?.[1]?.trim() ?? 'credential';
    const report =
      !PUBLISHED.has(value) &&
      !isMadeOfWords(value) &&
      !isFiller(value) &&
      !/\$\{|\$\(|\{\{|<[^>]+>|%s|\*\*\*|x{4}|example|changeme|placeholder|your[-_]/i.test(value);
    return [{ start, end: start + value.length, shown: '', kind, label: MASK, report, home: false }];
  });
}
