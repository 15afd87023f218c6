import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import { inlineCode } from '../evidence.ts';
import type { Rule } from '../rules/rule.ts';

/** Says what the search for credentials found; the search itself runs before every analyser, since it masks what they see. */
export function createSecretlintAnalyser(rules: readonly Rule[]): Analyser {
  const rule = rules.find(({ detect }) => 'secretlint' in detect);
  return {
    name: 'secretlint',
    handles: () => rule !== undefined,
    analyse: (file, secrets = []) =>
      rule === undefined
        ? []
        : secrets
            .filter((secret) => secret.report)
            .map(({ kind, label, line }) =>
              describeRule(rule, file, { startLine: line, endLine: line }, 'secretlint', {
                KIND: kind,
                SECRET: inlineCode(label),
              }),
            ),
  };
}
