import type { SourceFile } from '../../change/source-file.ts';
import { clipSnippet } from '../../findings/evidence.ts';
import { parseSource, type RuleLanguage } from '../languages.ts';
import { createNameResolver } from '../names/resolve-name.ts';
import { createTrees } from '../rules/code-alone.ts';
import { findExcuse } from '../rules/find-excuse.ts';
import type { Rule } from '../rules/rule.ts';
import { type Check, checkMatch, compileRules } from '../rules/run-rules.ts';
import type { ExplainedPlace } from './explanation.ts';

/** Which parts of a rule about syntax hold in a file: first those of the file, then those of each match. */
export function explainSyntax(
  rule: Rule,
  language: RuleLanguage,
  file: SourceFile,
): { file: Check[]; places: ExplainedPlace[] } {
  const whole = parseSource(language, file);
  const trees = createTrees(() => whole, file, language, null);
  const explained = compileRules([rule], language).map((one) => {
    const root = trees[one.aside ?? 'all']();
    const resolve = createNameResolver(root, language);
    const { keywords, unless = {} } = one.detection;
    const keyword = keywords.find((word) => file.text.includes(word));
    const excuse = findExcuse(unless, file, trees.all, language);
    const checks: Check[] = [
      {
        what: keyword === undefined ? `one of the words ${keywords.join(', ')}` : `the word ${keyword}`,
        holds: keyword !== undefined,
      },
      { what: 'the file is not one in which this hurts nobody (test helper, program, sample)', holds: excuse === null },
    ];
    if (one.file) {
      const amends = root.find(one.file);
      const where = amends ? `: line ${amends.range().start.line + 1} does, ${clipSnippet(amends.text(), 1)}` : '';
      checks.push({ what: `nothing in the file makes up for it${where}`, holds: amends === null });
    }
    const matches = root.findAll(one.config);
    checks.push({
      what: `syntax that the rule is about: ${count(matches.length, 'place')}`,
      holds: matches.length > 0,
    });
    const places = matches.map((match) => ({
      line: match.range().start.line + 1,
      code: clipSnippet(match.text(), 1),
      checks: [...checkMatch(one, match, resolve)],
    }));
    return { checks, places };
  });
  return { file: explained.flatMap(({ checks }) => checks), places: explained.flatMap(({ places }) => places) };
}

function count(number: number, thing: string): string {
  return number === 1 ? `1 ${thing}` : `${number} ${thing}s`;
}
