import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import { findInvisible } from './find-invisible.ts';

const STRAY = {
  title: 'An invisible character is left over in this text',
  explanation:
    'An editor or a translation left it behind. It is shown nowhere, and whoever searches for this text does not find it.',
  once: 'project',
} as const;

/** Reports what can be seen in no editor, in files of every kind: a comment or a setting hides it as well as code does. */
export function createInvisibleAnalyser(rules: readonly Rule[]): Analyser {
  const rule = rules.find(({ detect }) => 'invisible' in detect);
  return {
    name: 'invisible',
    handles: () => rule !== undefined,
    analyse: (file) =>
      rule === undefined
        ? []
        : findInvisible(file).map(({ line, characters, isPlain, isStray }) => ({
            ...describeRule(rule, file, { startLine: line, endLine: line }, 'invisible', {
              CHARACTERS: characters
                .slice(0, 5)
                .map((one) => `\`${one}\``)
                .join(', '),
            }),
            ...((isPlain || isStray) && { severity: 'low' as const }),
            ...(isStray && STRAY),
          })),
  };
}
