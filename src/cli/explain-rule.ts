import { findAgent, loadAgents } from '../agents/load-agents.ts';
import { createAnalysers } from '../analysis/create-analysers.ts';
import { explainRule } from '../analysis/explain/explain-rule.ts';
import type { Explanation } from '../analysis/explain/explanation.ts';
import { loadFlowClasses, loadFlowData } from '../analysis/flows/load-flow-data.ts';
import { loadRules } from '../analysis/rules/load-rules.ts';
import { AppError } from '../errors.ts';
import { listFiles } from '../local/list-files.ts';
import { describeReason } from '../render/describe-reason.ts';
import { because } from '../scope/reasons.ts';
import { decideSelection } from '../scope/select.ts';
import { escapeInvisible } from '../text/invisible.ts';

export interface ExplainOptions {
  agent: string;
  format: string;
}

/**
 * `explain-rule`: which part of a rule holds in a file, and which does not.
 * @throws AppError ARGUMENT_INVALID for a file or a rule that is not there
 */
export async function runExplainRule(
  id: string,
  path: string,
  { agent: name, format }: ExplainOptions,
): Promise<number> {
  if (format !== 'text' && format !== 'json')
    throw new AppError('ARGUMENT_INVALID', `--format ${format}: text or json`);
  const agent = findAgent(loadAgents(), name);
  const principles = new Set(agent.principles.map((principle) => principle.id));
  const rules = loadRules(name, principles);
  const { snapshot, change } = await listFiles(process.cwd(), [path]);
  const [only, ...others] = change.files;
  if (!only || others.length > 0) throw new AppError('ARGUMENT_INVALID', `${path}: name one file`);
  const content = (await snapshot.readHead([only.path])).get(only.path);
  if (content?.kind !== 'text') throw new AppError('ARGUMENT_INVALID', `${path}: it is no text that can be read`);
  const selection = decideSelection(only.path);
  if (!('kind' in selection))
    throw new AppError(
      'ARGUMENT_INVALID',
      `${path}: no rule looks at it: ${describeReason(because(selection.reasonCode))}`,
    );
  const explanation = await explainRule(
    id,
    { path: only.path, kind: selection.kind, text: content.text, hunks: null },
    {
      rules,
      classes: loadFlowClasses(name, principles),
      data: loadFlowData(name, principles, rules),
      analysers: createAnalysers(name, principles),
    },
  );
  const text = format === 'json' ? JSON.stringify(explanation, null, 2) : formatExplanation(explanation);
  process.stdout.write(`${escapeInvisible(text)}\n`);
  return 0;
}

export function formatExplanation({ id, path, how, file, places, findings }: Explanation): string {
  const mark = (holds: boolean): string => (holds ? 'holds    ' : 'does not ');
  const found = findings.map(({ line, severity, title }) => `  ${path}:${line} ${severity}: ${title}`);
  const silent = places.length === 0 ? 'It came to no place in this file.' : 'It finds nothing in this file.';
  return [
    `${id} (${how})`,
    '',
    ...file.map(({ what, holds }) => `  ${mark(holds)} ${what}`),
    ...places.flatMap(({ line, code, checks }) => [
      `  line ${line}: ${code}`,
      ...checks.map(({ what, holds }) => `    ${mark(holds)} ${what}`),
    ]),
    '',
    ...(found.length > 0 ? [found.length === 1 ? 'Found:' : `Found (${found.length}):`, ...found] : [silent]),
  ].join('\n');
}
