import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../../src/agents/load-agents.ts';
import { parseSource } from '../../../src/analysis/languages.ts';
import { loadRules } from '../../../src/analysis/rules/load-rules.ts';
import { compileRules } from '../../../src/analysis/rules/run-rules.ts';
import type { SourceFile } from '../../../src/change/source-file.ts';
import { startProcessorClock } from '../../support/processor-time.ts';

const LANGUAGES = ['go', 'typescript', 'python'] as const;
type Language = (typeof LANGUAGES)[number];

const fileOf = (kind: Language, text: string): SourceFile => ({ path: 'a', kind, text, hunks: null });

const principles = loadAgents().get('backend-dev')?.principles ?? [];
const rules = loadRules('backend-dev', new Set(principles.map(({ id }) => id)));
const tiedIn = (language: Language) =>
  compileRules(rules, language).flatMap((one) => (one.tied ? [{ ...one, tied: one.tied }] : []));

/** Of each language: a query into a name of its own, what may become of it, and the function around. */
const QUERIES: Record<Language, { take: (name: string) => string; ends: readonly string[]; around: [string, string] }> =
  {
    go: {
      take: (name) => `\t${name}, err := db.Query("select 1")\n`,
      ends: [
        'for NAME.Next() { if err := NAME.Scan(&n); err != nil { return err } }',
        'for NAME.Next() { n++ }',
        'defer NAME.Close()',
        'NAME.Next()',
        'keep(&NAME)',
        'func() { for NAME.Next() { NAME.Close(); break } }()',
      ],
      around: ['package a\nfunc f() error {\n', '\treturn nil\n}\n'],
    },
    typescript: {
      take: (name) => `\tconst ${name} = await pool.connect();\n`,
      ends: [
        'await NAME.query(text);',
        'NAME?.release();',
        'keep(NAME);',
        'if (n) { return { NAME }; }',
        'kept = NAME;',
      ],
      around: ['async function f() {\n', '}\n'],
    },
    python: {
      take: (name) => `    ${name} = await pool.acquire()\n    await ${name}.execute(text)\n`,
      ends: [
        '    NAME.execute(other)',
        '    await NAME.close()',
        '    keep(connection=NAME)',
        '    kept = (NAME, text)',
      ],
      around: ['async def f(pool):\n', '    return None\n'],
    },
  };

/** A function with so many queries; what becomes of each goes round. */
function manyQueries(language: Language, count: number): string {
  const { take, ends, around } = QUERIES[language];
  const one = (at: number): string => {
    const name = `q${at}Rows`;
    return `${take(name)}${ends[at % ends.length]?.replaceAll('NAME', name)}\n`;
  };
  return `${around[0]}${Array.from({ length: count }, (_, at) => one(at)).join('')}${around[1]}`;
}

describe('a rule that ties a name to the function around', () => {
  it.each(LANGUAGES)('matches in two parts what it matches as a whole: %s', (language) => {
    const tied = tiedIn(language);
    expect(tied.map(({ rule }) => rule.id)).toContain('connection-not-released');
    for (const { rule, config, tied: parts } of tied) {
      const own = rule.examples.flatMap((one) => (one.language === language ? [...one.invalid, ...one.valid] : []));
      let matched = 0;
      for (const text of [...own, manyQueries(language, 24)]) {
        if (typeof text !== 'string') continue;
        const root = parseSource(language, fileOf(language, text));
        const whole = root.findAll(config).map((match) => match.range().start.index);
        const near = root.findAll(parts.near).filter((match) => parts.isLeft(match, root));
        expect(
          near.map((match) => match.range().start.index),
          text,
        ).toEqual(whole);
        matched += whole.length;
      }
      if (rule.id === 'connection-not-released') expect(matched).toBeGreaterThan(1);
    }
  });

  it.each(LANGUAGES)('takes no long time for hundreds of queries in one function: %s', (language) => {
    const root = parseSource(language, fileOf(language, manyQueries(language, 600)));
    const took = startProcessorClock();
    for (const { tied: parts } of tiedIn(language))
      root.findAll(parts.near).filter((match) => parts.isLeft(match, root));
    expect(took()).toBeLessThan(10_000);
  });
});
