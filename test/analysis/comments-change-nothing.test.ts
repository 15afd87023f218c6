import type { SgNode } from '@ast-grep/napi';
import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { parseSource, type RuleLanguage } from '../../src/analysis/languages.ts';
import { loadFlowClasses } from '../../src/analysis/load-flow-data.ts';
import { loadRules } from '../../src/analysis/rules/load-rules.ts';
import type { SourceFile } from '../../src/change/source-file.ts';

const principles = new Set((loadAgents().get('backend-dev')?.principles ?? []).map(({ id }) => id));
const analysers = createAnalysers('backend-dev', principles);
const MARK = /[ \t]*(?:\/\/|#) ! ((?:critical|high|medium|low)\??)$/gm;
const LANGUAGES = {
  typescript: ['a.ts', '// as before'],
  python: ['a.py', '# as before'],
  go: ['a.go', '// as before'],
} as const;
const isCode = (language: string): language is RuleLanguage => Object.hasOwn(LANGUAGES, language);
/** All examples are analysed: longer than a test may take else, where other work goes on beside it. */
const FIVE_MINUTES = 300_000;
/** In these a `//` is no comment. */
const TEXT = /string|template|comment|regex|jsx|heredoc|rune/;

/** Each line of code with a comment at its end. */
function commented(language: RuleLanguage, file: SourceFile): string {
  const root = parseSource(language, file);
  const opened = new Set<number>();
  const mark = (node: SgNode): void => {
    const { start, end } = node.range();
    if (TEXT.test(String(node.kind()))) for (let line = start.line; line < end.line; line += 1) opened.add(line);
    for (const child of node.children()) mark(child);
  };
  mark(root);
  return file.text
    .split('\n')
    .map((line, at) =>
      line.trim() === '' || opened.has(at) || /\\$|^\s*(?:#|\/\/)|\/\//.test(line)
        ? line
        : `${line} ${LANGUAGES[language][1]}`,
    )
    .join('\n');
}

async function find(file: SourceFile, ruleId: string): Promise<string[]> {
  const { outcomes } = await analyseFile(analysers, file);
  return outcomes
    .flatMap(({ outcome }) => (outcome.status === 'analysed' ? outcome.findings : []))
    .filter((one) => one.ruleId === ruleId)
    .map(({ startLine, severity, confidence }) => `${startLine} ${severity}${confidence === 'low' ? '?' : ''}`)
    .sort();
}

function listMarks(code: string): string[] {
  return code.split('\n').flatMap((line, index) => {
    const [mark] = line.matchAll(MARK);
    return mark ? [`${index + 1} ${mark[1]}`] : [];
  });
}

// examples.test.ts shows the same without comments.
it.each(Object.keys(LANGUAGES).filter(isCode))(
  'finds the same in %s with a comment at the end of each line',
  async (language) => {
    const told: string[] = [];
    for (const rule of [...loadRules('backend-dev', principles), ...loadFlowClasses('backend-dev', principles)]) {
      // A comment may be what it is about: why an error is let go.
      if (JSON.stringify('detect' in rule ? rule.detect : {}).includes('"comment"')) continue;
      for (const example of rule.examples) {
        const { invalid, valid } = example;
        if (example.language !== language || 'runtime' in example) continue;
        for (const code of [...invalid, ...valid]) {
          if (typeof code !== 'string') continue;
          const file = { path: LANGUAGES[language][0], kind: language, text: code.replace(MARK, ''), hunks: null };
          const text = commented(language, file);
          const found = await find({ ...file, text }, rule.id);
          const marks = listMarks(code).sort();
          const isRight =
            marks.length > 0 ? found.join() === marks.join() : found.length > 0 === invalid.includes(code);
          if (!isRight) told.push(`${rule.id}: ${marks.join()} → ${found.join()}\n${text}`);
        }
      }
    }
    expect(told).toEqual([]);
  },
  FIVE_MINUTES,
);
