import { maskSecret } from '../../review/mask-secrets.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import { findSecrets } from './find-secrets.ts';

export function createSecretlintAnalyser(rules: readonly Rule[]): Analyser {
  const rule = rules.find(({ detect }) => 'secretlint' in detect);
  return {
    name: 'secretlint',
    handles: () => rule !== undefined,
    analyse: async (file) => {
      if (!rule) return [];
      const secrets = await findSecrets(file.path, file.text);
      // Keys and addresses in tests are made for the test; a provider's token never is.
      const real = file.kind === 'test' ? secrets.filter((secret) => !/:\/\/|-----BEGIN/.test(secret.value)) : secrets;
      return real.map((secret) => {
        const place = { startLine: secret.line, endLine: secret.line };
        return describeRule(rule, file, place, 'secretlint', { KIND: secret.kind, SECRET: maskSecret(secret.value) });
      });
    },
  };
}
