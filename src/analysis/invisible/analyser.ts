import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';
import { findInvisible } from './find-invisible.ts';

const MOST_SHOWN = 5;

const STRAY = {
  title: 'An invisible character is left over in this text',
  explanation:
    'An editor or a translation left it behind. It is shown nowhere, and whoever searches for this text does not find it.',
  once: 'project',
} as const;

const PLAIN = {
  title: 'A character that nobody sees does its work here',
  explanation:
    'This line works with {{CHARACTERS}}, which no editor and no review shows: whoever edits it does not know that something stands there, and may lose it.',
  fix: 'Write it as an escape, such as `\\u200F` or `\\0`.',
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
        : findInvisible(file).map(({ line, characters, isPlain, isStray, isColour }) => {
            const shown = characters.slice(0, MOST_SHOWN).map((one) => `\`${one}\``);
            const words = { CHARACTERS: shown.join(', ') };
            const said = isPlain && !isStray ? { ...rule, ...PLAIN } : rule;
            return {
              ...describeRule(said, file, { startLine: line, endLine: line }, 'invisible', words),
              ...((isPlain || isStray) && { severity: 'low' as const }),
              ...(isStray && STRAY),
              // Whoever writes colours that way has seen that it works.
              ...(isColour && { confidence: 'low' as const }),
            };
          }),
  };
}
