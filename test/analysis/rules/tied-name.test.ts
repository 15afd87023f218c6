import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { parseSource } from '../../../src/analysis/languages.ts';
import { loadRules } from '../../../src/analysis/rules/load-rules.ts';
import { compileRules } from '../../../src/analysis/rules/run-rules.ts';
import type { SourceFile } from '../../../src/change/source-file.ts';

const goFile = (text: string): SourceFile => ({ path: 'a.go', kind: 'go', text, hunks: null });

const principles = loadAgents().get('backend-dev')?.principles ?? [];
const rules = loadRules('backend-dev', new Set(principles.map(({ id }) => id)));
const tied = compileRules(rules, 'go').flatMap((one) => (one.tied ? [{ ...one, tied: one.tied }] : []));

/** A function with so many queries, each into a name of its own; what becomes of it goes round. */
function manyQueries(count: number): string {
  const ends = [
    (name: string) => `for ${name}.Next() { if err := ${name}.Scan(&n); err != nil { return err } }`,
    (name: string) => `for ${name}.Next() { n++ }`,
    (name: string) => `defer ${name}.Close()`,
    (name: string) => `${name}.Next()`,
    (name: string) => `keep(&${name})`,
    (name: string) => `func() { for ${name}.Next() { ${name}.Close(); break } }()`,
  ];
  const one = (at: number): string => {
    const name = `q${at}Rows`;
    return `\t${name}, err := db.Query("select ${at}")\n\t${ends[at % ends.length]?.(name)}\n`;
  };
  return `package a\nfunc f() error {\n${Array.from({ length: count }, (_, at) => one(at)).join('')}\treturn nil\n}\n`;
}

describe('a rule that ties a name to the function around', () => {
  it('matches in two parts what it matches as a whole', () => {
    expect(tied.map(({ rule }) => rule.id)).toContain('connection-not-released');
    for (const { rule, config, tied: parts } of tied) {
      const own = rule.examples.flatMap(({ language, invalid, valid }) =>
        language === 'go' ? [...invalid, ...valid] : [],
      );
      let matched = 0;
      for (const text of [...own, manyQueries(24)]) {
        if (typeof text !== 'string') continue;
        const root = parseSource('go', goFile(text));
        const whole = root.findAll(config).map((match) => match.range().start.index);
        const near = root.findAll(parts.near).filter((match) => parts.isLeft(match, root));
        expect(
          near.map((match) => match.range().start.index),
          text,
        ).toEqual(whole);
        matched += whole.length;
      }
      expect(matched).toBeGreaterThan(2);
    }
  });

  it('takes no long time for hundreds of queries in one function', () => {
    const root = parseSource('go', goFile(manyQueries(600)));
    const before = process.cpuUsage();
    for (const { tied: parts } of tied) root.findAll(parts.near).filter((match) => parts.isLeft(match, root));
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
  });
});
