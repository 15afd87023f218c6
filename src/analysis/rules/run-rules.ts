import type { NapiConfig, SgNode } from '@ast-grep/napi';
import type { RawFinding, Suggestion } from '../../review/finding.ts';
import type { SourceFile } from '../../review/source-file.ts';
import { describeRule } from '../describe.ts';
import { clipSnippet, fillTemplate, inlineCode, splitLines } from '../evidence.ts';
import { nameSymbol, type RuleLanguage } from '../languages.ts';
import type { AstDetection, Rule } from './rule.ts';

interface Compiled {
  rule: Rule;
  detection: AstDetection;
  config: NapiConfig;
}

/** The syntax rules of one language, ready to run. */
export function compileRules(rules: readonly Rule[], language: RuleLanguage): Compiled[] {
  return rules.flatMap((rule) => {
    const detection = 'ast' in rule.detect ? rule.detect.ast[language] : undefined;
    if (!detection) return [];
    const { constraints, utils } = detection;
    const config = { rule: detection.rule, ...(constraints && { constraints }), ...(utils && { utils }) };
    return [{ rule, detection, config: config as unknown as NapiConfig }];
  });
}

/** Which rules can match a text at all, by their keywords: most files need no parsing. */
export function pickRules(compiled: readonly Compiled[], text: string): Compiled[] {
  return compiled.filter(({ detection }) => detection.keywords.some((keyword) => text.includes(keyword)));
}

export function runRules(compiled: readonly Compiled[], root: SgNode, file: SourceFile): RawFinding[] {
  return compiled.flatMap(({ rule, detection, config }) => {
    const seen = new Set<number>();
    return root.findAll(config).flatMap((match) => {
      const node = (detection.at && match.getMatch(detection.at)) || match;
      if (seen.has(node.range().start.index)) return [];
      seen.add(node.range().start.index);
      return [describeMatch(rule, detection, match, node, file)];
    });
  });
}

function describeMatch(rule: Rule, detection: AstDetection, match: SgNode, node: SgNode, file: SourceFile): RawFinding {
  const { start, end } = node.range();
  const startLine = start.line + 1;
  const endLine = Math.max(startLine, end.column === 0 ? end.line : end.line + 1);
  const values = readMetavariables(rule, detection, match);
  return {
    ...describeRule(
      rule,
      file,
      { startLine, endLine, symbol: nameSymbol(node), snippet: clipSnippet(node.text()) },
      'rules',
      values,
    ),
    ...(detection.fix !== undefined && { fix: fillTemplate(detection.fix, values) }),
    suggestion: replaceNode(node, detection.replace, file.text),
  };
}

function readMetavariables(rule: Rule, detection: AstDetection, match: SgNode): Record<string, string> {
  const { title, explanation, fix } = rule;
  const texts = [title, explanation, fix, detection.fix ?? ''].join('\n');
  const values: Record<string, string> = { MATCH: inlineCode(match.text()) };
  for (const [, name = ''] of texts.matchAll(/\{\{(\w+)\}\}/g)) {
    const found = match.getMatch(name);
    if (found) values[name] = inlineCode(found.text());
  }
  return values;
}

/** The whole lines of a node with its text changed, as GitHub wants a suggestion. */
function replaceNode(node: SgNode, replace: AstDetection['replace'], text: string): Suggestion | null {
  const replaced = replace && node.text().replace(new RegExp(replace.find), replace.with);
  if (replaced === undefined || replaced === node.text()) return null;
  const { start, end } = node.range();
  const lines = splitLines(text);
  const before = lines[start.line]?.slice(0, start.column) ?? '';
  const after = lines[end.line]?.slice(end.column).replace(/\r$/, '') ?? '';
  return { startLine: start.line + 1, endLine: end.line + 1, replacement: `${before}${replaced}${after}` };
}
