import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator as pattern } from '@secretlint/secretlint-rule-pattern';
import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend';

// It notes each rule of each file and forgets none: 12 KB a file in a process that does not end.
secretLintProfiler.setEnabled(false);

/** A credential in a text. `start`/`end` are UTF-16 offsets. */
export interface Secret {
  value: string;
  kind: string;
  start: number;
  end: number;
  line: number;
}

/** What the recommended preset misses (measured, November 2026). */
const PATTERNS = [
  { name: 'Google API key', patterns: ['/\\bAIza[0-9A-Za-z_-]{35}\\b/'] },
  { name: 'JSON Web Token', patterns: ['/\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}/'] },
  {
    name: 'URL with a password',
    patterns: [
      '/\\b(?:amqps?|rediss?|https?|kafka|smtps?|ftps?):\\/\\/[^\\s:@\\/"\'`]{1,60}:[^\\s:@\\/"\'`]{4,100}@[^\\s"\'`\\/]+/',
    ],
  },
];

const CONFIG = {
  rules: [
    { id: '@secretlint/secretlint-rule-preset-recommend', rule: preset },
    { id: '@secretlint/secretlint-rule-pattern', rule: pattern, options: { patterns: PATTERNS } },
  ],
};

let last: { path: string; content: string; secrets: Promise<Secret[]> } | undefined;

/**
 * Every real-looking credential of a text, in order. Placeholders and local development passwords are left out. The answer for
 * the last text is kept: masking and the analyser ask for the same one.
 */
export function findSecrets(path: string, content: string): Promise<Secret[]> {
  if (last?.path !== path || last.content !== content) last = { path, content, secrets: searchSecrets(path, content) };
  return last.secrets;
}

async function searchSecrets(path: string, content: string): Promise<Secret[]> {
  const { messages } = await lintSource({
    source: { filePath: path, content, ext: path.slice(path.lastIndexOf('.')), contentType: 'text' },
    options: { config: CONFIG, noPhysicFilePath: true },
  });
  return messages
    .filter((message) => message.type === 'message')
    .map((message) => {
      const [start, end] = message.range;
      const value = content.slice(start, end).replace(/["'`;,)\s]+$/, '');
      const kind = /^found (?:matching )?([^:(]+)/.exec(message.message)?.[1]?.trim() ?? 'credential';
      return { value, kind, start, end: start + value.length, line: content.slice(0, start).split('\n').length };
    })
    .filter((secret) => !isPlaceholder(secret.value))
    .sort((a, b) => a.start - b.start);
}

function isPlaceholder(value: string): boolean {
  if (/\$\{|\$\(|\{\{|<[^>]+>|%s|\*\*\*|xxxx|example|changeme|placeholder|your[-_]/i.test(value)) return true;
  const url = /^\w[\w+.-]*:\/\/([^:@/]*):([^@]*)@([^:/?\s]+)/.exec(value);
  if (!url) return false;
  const [, user = '', password = '', host = ''] = url;
  return (
    password === user ||
    /^(localhost|127\.0\.0\.1|\[?::1\]?|db|postgres|mysql|redis|mongo|rabbitmq|(db|my|some)?-?(host(name)?|server)\d*)$/.test(
      host,
    ) ||
    /^(.*(password|passwd)|.*pass|secret|root|admin|guest|test|postgres|pw|pwd|user|tiger)$/i.test(password)
  );
}
