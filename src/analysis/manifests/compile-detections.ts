import { compilePattern } from '../rules/compile-pattern.ts';
import type { Rule } from '../rules/rule.ts';
import type { ManifestDetection, ManifestKind } from './detection.ts';
import { type CompiledCondition, compileCondition } from './match-condition.ts';
import { type Path, parsePath } from './path.ts';

export interface CompiledDetection {
  rule: Rule;
  own: ManifestDetection;
  each: Path;
  when: CompiledCondition[];
  unless: CompiledCondition[];
  unlessFile: RegExp | null;
  unlessPath: RegExp | null;
  siblings: { unless: CompiledCondition[]; have: CompiledCondition } | null;
  values: [name: string, path: Path][];
}

/** The detections of all rules, by the kind of manifest. What a rule says otherwise of one of them stands in its `rule`. */
export function compileDetections(rules: readonly Rule[]): Map<ManifestKind, CompiledDetection[]> {
  const all = rules.flatMap((rule) =>
    'manifest' in rule.detect ? rule.detect.manifest.map((own) => compile(rule, own)) : [],
  );
  return Map.groupBy(all, ({ own }) => own.in);
}

function compile(rule: Rule, own: ManifestDetection): CompiledDetection {
  const {
    severity = rule.severity,
    confidence = rule.confidence,
    explanation = rule.explanation,
    fix = rule.fix,
    siblings,
  } = own;
  return {
    rule: { ...rule, severity, confidence, explanation, fix },
    own,
    each: parsePath(own.each),
    when: own.when.map(compileCondition),
    unless: own.unless.map(compileCondition),
    unlessFile: own.unlessFile === undefined ? null : compilePattern(own.unlessFile),
    unlessPath: own.unlessPath === undefined ? null : compilePattern(own.unlessPath),
    siblings: siblings
      ? { unless: siblings.unless.map(compileCondition), have: compileCondition(siblings.have) }
      : null,
    values: Object.entries(own.values).map(([name, path]) => [name, parsePath(path)]),
  };
}
