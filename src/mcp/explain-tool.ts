import { z } from 'zod';
import { type RulePage, renderRulePage } from '../analysis/describe-rules.ts';
import { AppError } from '../errors.ts';
import type { Finding } from '../findings/finding.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { AgentName } from './answer-with-report.ts';
import { escapeAll } from './bound-report.ts';
import type { Tool } from './tool.ts';

const Input = z.strictObject({
  id: z
    .string()
    .regex(/^[\w./:+=-]{1,200}$/, 'expected the id of a rule (sql-injection) or the fingerprint of a finding')
    .describe('The id of a rule, such as sql-injection, or the fingerprint of a finding that review or scan told'),
  agent: AgentName.describe('Whose rule it is'),
});

const Output = z.object({
  rule: z
    .object({
      id: z.string(),
      title: z.string(),
      level: z.string(),
      principle: z.string(),
      cwe: z.array(z.string()),
      how: z.string().describe('How it is found'),
      why: z.string(),
      fix: z.string(),
      falseAlarm: z.string().describe('When it is a false alarm'),
      reported: z.string(),
      notReported: z.string(),
      language: z.string(),
      references: z.array(z.string()),
      readings: z
        .string()
        .describe('How often readers called a finding of it worth acting on; "": nobody has read one'),
    })
    .nullable()
    .describe('Null: Claude found it, by no rule'),
  finding: z
    .object({
      fingerprint: z.string(),
      path: z.string(),
      startLine: z.number().int(),
      title: z.string(),
      explanation: z.string(),
      fix: z.string().nullable(),
      why: z.string(),
      falseAlarm: z.string(),
      trace: z
        .array(z.object({ path: z.string().optional(), line: z.number().int(), text: z.string() }))
        .describe('The way of the data'),
      doubt: z.string().nullable(),
      remark: z.string().nullable(),
    })
    .nullable(),
});

const MOST_STEPS = 50;
const MOST_TEXT = 1500;

export const EXPLAIN_TOOL: Tool<typeof Input, typeof Output> = {
  name: 'explain',
  title: 'Explain a rule or a finding',
  description:
    'Why a rule exists, what would make it a false alarm, and an example that is reported beside one that is not. For the fingerprint of a finding, also the path of the data through the code.',
  input: Input,
  output: Output,
  openWorld: false,
  run: async ({ id, agent }, { session }) => {
    const finding = session.told.get(id);
    const rules = session.listRules(agent);
    const rule = rules.get(finding?.ruleId ?? id);
    if (!rule && !finding) throw new AppError('ARGUMENT_INVALID', describeUnknown(id, [...rules.keys()]));
    const shown = finding ? toShown(finding) : null;
    return {
      structured: { rule: rule ? toPlain(rule) : null, finding: shown },
      text: [...(shown ? [describeFinding(shown)] : []), ...(rule ? [renderRulePage(rule)] : [])].join('\n\n'),
    };
  },
};

function toPlain({ cwe, references, ...rest }: RulePage) {
  return { ...rest, cwe: [...cwe], references: [...references] };
}

function toShown(finding: Finding) {
  const { fingerprint, path, startLine, title, explanation, fix, why, falseAlarm, trace, doubt, remark } = finding;
  const cut = (text: string): string => cutText(escapeInvisible(text), MOST_TEXT, '…');
  return escapeAll({
    fingerprint,
    path,
    startLine,
    title: cut(title),
    explanation: cut(explanation),
    fix: fix === null ? null : cut(fix),
    why: cut(why),
    falseAlarm: cut(falseAlarm),
    trace: trace.slice(0, MOST_STEPS).map((step) => ({ ...step, text: cutText(step.text, 300, '…') })),
    doubt: doubt === null ? null : cut(doubt),
    remark: remark === null ? null : cut(remark),
  });
}

function describeFinding({
  path,
  startLine,
  title,
  explanation,
  fix,
  trace,
  doubt,
}: ReturnType<typeof toShown>): string {
  return [
    `${title} (${path.replaceAll('\n', '\\n')}:${startLine})`,
    explanation,
    ...(fix ? [`Fix: ${fix}`] : []),
    ...(trace.length > 1 ? [`Path: ${trace.map((step) => `${step.line} ${step.text}`).join(' → ')}`] : []),
    ...(doubt ? [`Claude doubts it: ${doubt}`] : []),
  ].join('\n');
}

/** With the ids that share a word, or else all of them. */
function describeUnknown(id: string, known: readonly string[]): string {
  const words = new Set(id.toLowerCase().split('-'));
  const near = known.filter((one) => one.split('-').some((word) => words.has(word)));
  return `id: ${id} is no rule, and no finding that this server told; ${near.length > 0 ? 'near it' : 'rules'}: ${(near.length > 0 ? near : known).join(', ')}`;
}
