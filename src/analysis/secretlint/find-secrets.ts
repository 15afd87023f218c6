import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SourceFile } from '../../review/source-file.ts';
import { isForged } from '../../secrets/is-forged.ts';
import { isMadeOfWords } from '../../secrets/judge-value.ts';
import { MASK } from '../../secrets/masked-text.ts';
import { mergeSecrets, searchText } from '../../secrets/search-text.ts';
import type { Secret } from '../../secrets/secret.ts';
import { PUBLISHED } from '../../secrets/token-kinds.ts';

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
const BARE = new Set<SourceFile['kind']>(['config', 'yaml', 'openapi', 'dockerfile', 'credentials']);
/** Examples, and what runs on a developer's machine or in a pipeline: what opens something there opens nothing else. */
const EXAMPLE =
  /(^|\/)(examples?|samples?|docs?|demos?|templates?|fixtures?|mocks?|seeds?|tests?|(?:test[-_]?)?suites?|test[-_]?(?:data|files?|fixtures?|rig|bed|env|kit|utils?|helpers?|support)|playground|\.ci|\.github|\.circleci|\.devcontainer)\/|[._/-](example|sample|template|tmpl|tpl|dist|defaults?|dev|devel|development|local|ci|cypress|e2e|test|tests|testing)([._-]|$)/i;

const EXAMPLE_KEY = /\bexamples?["']?\s*:/;
/** Go's compiler leaves such a file out of every build that is not for tests. Source: pkg.go.dev/cmd/go, "Build constraints". */
const TEST_BUILD = /^\/\/go:build (?:[\w ]+&& )?(?:\w*(?:e2e|test|integration)\w*)(?: && [\w ]+)?$/m;

/** What the answer of an API holds, for an hour: in a comment it shows how the answer looks. */
const ANSWER = /(?:^|_)(?:access|refresh|id)_?token$/i;

/** A credential and its line, which stays the same when the text is masked. */
export interface FoundSecret extends Secret {
  line: number;
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
  const silent = kind === 'test' || EXAMPLE.test(path) || (kind === 'go' && TEST_BUILD.test(text.slice(0, 2000)));
  let [line, at] = [1, 0];
  return found.map((secret) => {
    line += text.slice(at, secret.start).split('\n').length - 1;
    at = secret.start;
    // In a configuration a line behind a comment sign shows how it would be set.
    const before = text.slice(Math.max(0, secret.start - 400), secret.start);
    const shown = bare && /^\s*[#;]/.test(before.slice(before.lastIndexOf('\n') + 1));
    // The value of an example in the description of an API.
    const example = kind === 'openapi' && EXAMPLE_KEY.test(text.slice(Math.max(0, secret.start - 3000), secret.start));
    const answer = ANSWER.test(secret.label) && isInComment(text, secret.start);
    const image = kind === 'dockerfile' && /^[A-Z][A-Z0-9_]*$/.test(secret.label);
    return {
      ...secret,
      line,
      report:
        secret.report &&
        !(secret.home && (silent || image || shown || example || answer)) &&
        !(kind === 'test' && isForged(text.slice(secret.start, secret.end))),
    };
  });
}

/** In a comment, quoted as JSON has it: `// "access_token": "…"`, or a line of a block comment that holds the whole answer. */
function isInComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 3000), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (!/"\s*:\s*"$/.test(line)) return false;
  return (
    /^\s*(?:\/\/|#|\*)/.test(line) || (/^\s*[{"]/.test(line) && before.lastIndexOf('/*') > before.lastIndexOf('*/'))
  );
}

async function runSecretlint(path: string, content: string): Promise<Secret[]> {
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
      !/\$\{|\$\(|\{\{|<[^>]+>|%s|\*\*\*|x{4}|example|changeme|placeholder|your[-_]/i.test(value);
    return [{ start, end: start + value.length, shown: '', kind, label: MASK, report, home: false }];
  });
}
