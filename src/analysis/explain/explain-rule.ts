import { describeUnknown } from '../../agents/describe-unknown.ts';
import type { SourceFile } from '../../change/source-file.ts';
import { AppError } from '../../errors.ts';
import type { FlowClass } from '../../flows/data/flow-class.ts';
import { findProgramFlows } from '../../flows/find-program-flows.ts';
import type { FlowData } from '../../flows/flow-data.ts';
import { maskFile } from '../../secrets/mask-file.ts';
import { analyseFile } from '../analyse-file.ts';
import type { Analyser } from '../analyser.ts';
import { describeDetection } from '../describe-rules.ts';
import { decideLanguage, parseSource } from '../languages.ts';
import { findExcuse } from '../rules/find-excuse.ts';
import type { Rule } from '../rules/rule.ts';
import type { Check } from '../rules/run-rules.ts';
import { findSecrets } from '../secretlint/find-secrets.ts';
import { explainSyntax } from './explain-syntax.ts';
import { explainSinks, explainUses } from './explain-values.ts';
import type { Explanation } from './explanation.ts';

interface Known {
  rules: readonly Rule[];
  classes: readonly FlowClass[];
  data: FlowData;
  analysers: readonly Analyser[];
}

/**
 * Which parts of a rule, or of a class of flaws, hold in a file and which do not. Credentials of the file are not shown.
 *
 * @throws AppError ARGUMENT_INVALID for an id that the agent does not have
 */
export async function explainRule(id: string, file: SourceFile, known: Known): Promise<Explanation> {
  const { rules, classes, data, analysers } = known;
  const rule = rules.find((one) => one.id === id);
  const flow = classes.find((one) => one.id === id);
  if (!rule && !flow) throw new AppError('ARGUMENT_INVALID', describeUnknown(id, [...rules, ...classes]));
  const { masked } = await maskFile(file, (text) => findSecrets(file, text));
  const shown: SourceFile = { ...file, ...masked };
  const { outcomes } = await analyseFile(analysers, file);
  const findings = outcomes
    .flatMap(({ outcome }) => (outcome.status === 'failed' ? [] : outcome.findings))
    .filter(({ ruleId }) => ruleId === id)
    .map(({ startLine, severity, title }) => ({ line: startLine, severity, title }));
  const language = decideLanguage(file.kind);
  const code = rule && 'uses' in rule.detect ? rule.detect : null;
  const how = [
    rule && describeDetection(rule.detect),
    flow && 'values that others decide, followed to where they do harm',
  ];
  const checks: Check[] = [];
  const places: Explanation['places'][number][] = [];
  if (language && code?.ast[language] && rule) {
    const syntax = explainSyntax(rule, language, shown);
    checks.push(...syntax.file);
    places.push(...syntax.places);
  }
  const asksValues = code?.uses[language ?? 'typescript'] !== undefined || flow !== undefined;
  if (language && asksValues) {
    const program = await findProgramFlows([shown], [shown.path], data, { explain: true });
    const excuse = code && findExcuse(code.unless, shown, () => parseSource(language, shown), language);
    if (excuse) checks.push({ what: 'the file is not one in which this hurts nobody', holds: false });
    places.push(...explainUses(program, id, shown.path, shown.text));
    if (flow) places.push(...explainSinks(program, flow.kind, shown.path, shown.text));
  }
  return { id, path: file.path, how: how.filter(Boolean).join('; '), places, file: checks, findings };
}
