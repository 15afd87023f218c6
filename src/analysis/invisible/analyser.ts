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
  fix: 'Write it as an escape: `{{ESCAPE}}`.',
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
        : findInvisible(file).map(({ line, characters, isPlain, isStray, isColour }) => {
            const shown = characters.slice(0, MOST_SHOWN).map((one) => `\`${one}\``);
            const words = { CHARACTERS: shown.join(', '), ESCAPE: escapeOf(characters[0] ?? '', file.kind) };
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

/** A character that was named, `\u{FEFF}`, as the language of the file writes it in a text. */
export function escapeOf(name: string, kind: string): string {
  const code = Number.parseInt(/[\da-f]+/i.exec(name.slice(2))?.[0] ?? '200F', 16);
  const hex = code.toString(16).toUpperCase();
  if (code < 0x80 && WITH_BYTES.has(kind)) return `\\x${hex.padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${hex.padStart(4, '0')}`;
  return kind === 'python' || kind === 'go' ? `\\U${hex.padStart(8, '0')}` : `\\u{${hex}}`;
}

const WITH_BYTES: ReadonlySet<string> = new Set(['typescript', 'javascript', 'python', 'go']);
