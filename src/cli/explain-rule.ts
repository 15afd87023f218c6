import { describeUnknown } from '../agents/describe-unknown.ts';
import { findAgent, loadAgents } from '../agents/load-agents.ts';
import { describeRules, type RulePage } from '../analysis/describe-rules.ts';
import type { Explanation } from '../analysis/explain/explanation.ts';
import { loadFlowClasses, loadFlowData } from '../analysis/load-flow-data.ts';
import { loadRules } from '../analysis/rules/load-rules.ts';
import { AppError } from '../errors.ts';
import { findRoot } from '../git/find-root.ts';
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
 * `explain-rule`: what a rule is; with a file, which part of it holds there, and which does not.
 * @throws AppError ARGUMENT_INVALID for a file or a rule that is not there
 */
export async function runExplainRule(
  id: string,
  path: string | undefined,
  { agent: name, format }: ExplainOptions,
): Promise<number> {
  if (format !== 'text' && format !== 'json')
    throw new AppError('ARGUMENT_INVALID', `--format ${format}: text or json`);
  const agent = findAgent(loadAgents(), name);
  if (path === undefined) {
    const page = findRulePage(describeRules(agent), id);
    const told = format === 'json' ? JSON.stringify(page, null, 2) : formatRulePage(page);
    process.stdout.write(`${escapeInvisible(told)}\n`);
    return 0;
  }
  const principles = new Set(agent.principles.map((principle) => principle.id));
  const rules = loadRules(name, principles);
  const from = process.cwd();
  const { snapshot, change } = await listFiles(await findRoot(from, [path]), [path], { from });
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
  // Who asks what a rule is needs none of the parsers.
  const { createAnalysers } = await import('../analysis/create-analysers.ts');
  const { explainRule } = await import('../analysis/explain/explain-rule.ts');
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

/** @throws AppError ARGUMENT_INVALID with the ids that share a word */
function findRulePage(pages: readonly RulePage[], id: string): RulePage {
  const page = pages.find((one) => one.id === id);
  if (!page) throw new AppError('ARGUMENT_INVALID', describeUnknown(id, pages));
  return page;
}

function formatRulePage(page: RulePage): string {
  const indent = (code: string): string => code.trim().replace(/^/gm, '    ');
  const examples =
    page.reported === '' ? [] : ['Reported:', indent(page.reported), 'Not reported:', indent(page.notReported)];
  return [
    [`${page.id}: ${page.title}`, [page.level, page.principle, ...page.cwe].join(' · '), `Found by ${page.how}`].join(
      '\n',
    ),
    page.why,
    `Fix: ${page.fix}`,
    `A false alarm if: ${page.falseAlarm}`,
    ...(page.readings === '' ? [] : [`Readings: ${page.readings}.`]),
    ...examples,
    page.references.join('\n'),
  ].join('\n\n');
}

export function formatExplanation({ id, path, how, file, places, findings }: Explanation): string {
  const mark = (holds: boolean): string => (holds ? 'holds    ' : 'does not ');
  const found = findings.map(({ line, severity, title }) => `  ${path}:${line} ${severity}: ${title}`);
  const silent =
    places.length === 0 ? 'Nothing in this file is what the rule looks at.' : 'It finds nothing in this file.';
  return [
    `${id} (${how})`,
    ...(file.length + places.length > 0 ? [''] : []),
    ...file.map(({ what, holds }) => `  ${mark(holds)} ${what}`),
    ...places.flatMap(({ line, code, checks }) => [
      `  line ${line}: ${code}`,
      ...checks.map(({ what, holds }) => `    ${mark(holds)} ${what}`),
    ]),
    '',
    ...(found.length > 0 ? [found.length === 1 ? 'Found:' : `Found (${found.length}):`, ...found] : [silent]),
  ].join('\n');
}
