import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import { findInvisible } from './find-invisible.ts';

/** Reports what can be seen in no editor, in files of every kind: a comment or a setting hides it as well as code does. */
export function createInvisibleAnalyser(rules: readonly Rule[]): Analyser {
  const rule = rules.find(({ detect }) => 'invisible' in detect);
  return {
    name: 'invisible',
    handles: () => rule !== undefined,
    analyse: (file) =>
      rule === undefined
        ? []
        : findInvisible(file).map(({ line, characters, isPlain }) => ({
            ...describeRule(rule, file, { startLine: line, endLine: line }, 'invisible', {
              CHARACTERS: characters
                .slice(0, 5)
                .map((one) => `\`${one}\``)
                .join(', '),
            }),
            ...(isPlain && { severity: 'low' as const }),
          })),
  };
}
