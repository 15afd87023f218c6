import type { SourceFile } from '../../change/source-file.ts';
import { clipSnippet, inlineCode, quoteLines, splitLines } from '../../findings/evidence.ts';
import type { RawFinding, Suggestion } from '../../findings/finding.ts';
import type { UseHit } from '../../flows/match-uses.ts';
import type { Use } from '../../flows/use-table.ts';
import { LANGUAGES, type Language } from '../../languages/form.ts';
import { maskSpans } from '../../secrets/masked-text.ts';
import { indexLines } from '../../text/line-index.ts';
import { describeRule } from '../describe.ts';
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
  const values = { CALL: inlineCode(hit.call), VALUE: inlineCode(hit.value), NAME: inlineCode(hit.name) };
  const { severity, title, explanation, fix } = clause;
  const told: Rule = { ...rule, ...defined({ severity, title, explanation, fix }) };
  return {
    ...describeRule(
      told,
      { ...file, text },
      { startLine, endLine, symbol: hit.symbol, snippet: clipSnippet(snippet) },
      'data-flow',
      values,
    ),
    evidence: quoteLines(text, startLine, endLine),
    suggestion: hit.secrets.length > 0 ? null : suggest(clause.replace, file.text, [start, end], lineAt),
  };
}

function suggest(
  replace: UseHit['use']['clause']['replace'],
  text: string,
  [start, end]: readonly [number, number],
  lineAt: (offset: number) => number,
): Suggestion | null {
  if (!replace) return null;
  const before = text.slice(start, end);
  const after = before.replace(new RegExp(replace.find), replace.with);
  if (after === before) return null;
  const startLine = lineAt(start);
  const endLine = lineAt(Math.max(start, end - 1));
  const changed = splitLines(text.slice(0, start) + after + text.slice(end));
  const grown = after.split('\n').length - before.split('\n').length;
  const lines = changed.slice(startLine - 1, endLine + grown);
  return { startLine, endLine, replacement: lines.map((line) => line.replace(/\r$/, '')).join('\n') };
}

function defined<T extends object>(one: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
