import type { SourceFile } from '../change/source-file.ts';
import { fillTemplate, oneLine, quoteLines } from '../findings/evidence.ts';
import type { RawFinding } from '../findings/finding.ts';
import type { Rule } from './rules/rule.ts';

/** A finding of a rule whose places are found by a tool: lines and values from the tool, every word from the rule file. */
export function describeRule(
  rule: Rule,
  file: SourceFile,
  place: { startLine: number; endLine: number; symbol?: string; snippet?: string },
  source: string,
  values: Readonly<Record<string, string>> = {},
): RawFinding {
  // Whoever reads what is suspected looks at one place of its kind, and then knows what the others are worth.
  const once = rule.once ?? (rule.confidence === 'low' ? 'package' : undefined);
  return {
    ruleId: rule.id,
    principle: rule.principle,
    cwe: rule.cwe,
    severity: rule.severity,
    confidence: rule.confidence,
    path: file.path,
    startLine: place.startLine,
    endLine: place.endLine,
    title: fillTemplate(rule.title, values, oneLine),
    explanation: fillTemplate(rule.explanation, values, oneLine),
    fix: fillTemplate(rule.fix, values, oneLine),
    evidence: quoteLines(file.text, place.startLine, place.endLine),
    snippet: place.snippet ?? '',
    phrases: rule.phrases,
    suggestion: null,
    source,
    symbol: place.symbol ?? '',
    trace: [],
    why: rule.why.trim(),
    falseAlarm: rule.falseAlarm.trim(),
    references: rule.references,
    ...(once && { once }),
  };
}
