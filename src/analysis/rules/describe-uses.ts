import type { SourceFile } from '../../change/source-file.ts';
import { clipSnippet, inlineCode, splitLines } from '../../findings/evidence.ts';
import type { RawFinding, Suggestion } from '../../findings/finding.ts';
import type { Use } from '../../flows/data/use-table.ts';
import type { UseHit } from '../../flows/uses/use-hit.ts';
import { LANGUAGES, type Language } from '../../languages/form.ts';
import { maskSpans } from '../../secrets/masked-text.ts';
import { indexLines } from '../../text/line-index.ts';
import { describeRule } from '../describe.ts';
import { type Position, replaceRange } from './replace-range.ts';
import type { Rule } from './rule.ts';

/** The clauses of an agent's rules about one language. */
export function listUses(rules: readonly Rule[], language: Language): Use[] {
  return rules.flatMap((rule) =>
    'uses' in rule.detect
      ? (rule.detect.uses[language] ?? []).map((clause, index) => ({ rule: rule.id, index, clause }))
      : [],
  );
}

export function hasUses(rules: readonly Rule[]): boolean {
  return LANGUAGES.some((language) => listUses(rules, language).length > 0);
}

/** A library that is used wrongly, as a finding: the words are the clause's own, or else the rule's. */
export function describeUse({ use: { clause }, ...hit }: UseHit, rule: Rule, file: SourceFile): RawFinding {
  const lineAt = indexLines(file.text);
  const [start, end] = hit.at.span;
  const startLine = lineAt(start);
  const endLine = lineAt(Math.max(start, end - 1));
  // Credentials that the search before the analysers does not know by their form.
  const text = maskSpans(
    file.text,
    hit.secrets.map((span) => ({ start: span[0] + 1, end: span[1] - 1, shown: '' })),
  );
  const snippet = hit.secrets.length > 0 ? (splitLines(text)[startLine - 1] ?? '').trim() : file.text.slice(start, end);
  // What has no word of its own is called as the call is: no text has a gap.
  const values = {
    CALL: inlineCode(hit.call),
    VALUE: inlineCode(hit.value || hit.call),
    NAME: inlineCode(hit.name || hit.call),
  };
  const { severity = rule.severity, confidence: sure = rule.confidence, cwe = rule.cwe, once = rule.once } = clause;
  const confidence = isChosen(rule, hit) ? 'low' : sure;
  const { title = rule.title, explanation = rule.explanation, fix = rule.fix } = clause;
  return {
    ...describeRule(
      { ...rule, severity, confidence, cwe, once, title, explanation, fix },
      { ...file, text },
      { startLine, endLine, symbol: hit.symbol, snippet: clipSnippet(snippet) },
      'data-flow',
      values,
    ),
    ...(clause.elsewhere && { elsewhere: clause.elsewhere }),
    ...(clause.readBy && { readBy: clause.readBy }),
    ...(clause.certain && { certain: clause.certain }),
    suggestion: hit.secrets.length > 0 ? null : suggest(clause.replace, file.text, [start, end], lineAt),
  };
}

/** One of several by its name: who writes the name, and whether anybody still does, is not seen here. */
function isChosen({ detect }: Rule, { under }: Pick<UseHit, 'under'>): boolean {
  if (!('uses' in detect) || detect.chosen === undefined) return false;
  const chosen = new RegExp(detect.chosen, 'i');
  return under.some((text) => chosen.test(text));
}

function suggest(
  replace: UseHit['use']['clause']['replace'],
  text: string,
  span: readonly [number, number],
  lineAt: (offset: number) => number,
): Suggestion | null {
  const before = text.slice(...span);
  const replaced = replace && before.replace(new RegExp(replace.find), replace.with);
  if (replaced === undefined || replaced === before) return null;
  const [start, end] = span.map((offset) => ({
    line: lineAt(offset) - 1,
    column: offset - 1 - text.lastIndexOf('\n', offset - 1),
  })) as [Position, Position];
  return replaceRange(text, { start, end }, replaced.replaceAll('\r\n', '\n'));
}
