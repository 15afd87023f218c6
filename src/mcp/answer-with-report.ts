import { z } from 'zod';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { examineChange, type Subject } from '../local/examine-change.ts';
import { chooseAgent } from '../local/read-settings.ts';
import { type BoundedReport, boundReport } from './bound-report.ts';
import { describeReport } from './describe-report.ts';
import type { Answer, Call } from './tool.ts';

/** How often a client hears that Claude is still at work, in milliseconds: many give up after a minute without a word. */
const HEARTBEAT_MS = 5000;

/** An agent's name, with nothing in it that an error message could carry. */
export const AgentName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected the name of an agent; the tool agents lists them')
  .default(DEFAULT_AGENT);

export const REPORT_ARGUMENTS = {
  agent: AgentName.unwrap()
    .optional()
    .describe('Which agent reviews; the tool agents lists them. Default: the one that the repository’s config names'),
  model: z
    .boolean()
    .default(false)
    .describe(
      'Ask Claude too. That takes about a minute, costs the owner of the ANTHROPIC_API_KEY money, and sends the changed code to Claude. Set it only if the user asked for a thorough review',
    ),
  limit: z.number().int().min(1).max(500).default(50).describe('Findings that are shown, the most severe first'),
};

const NOT_ASKED = 'not asked; the argument `model: true` asks Claude, for findings that need judgement (it costs)';

interface Options {
  agent?: string | undefined;
  model: boolean;
  limit: number;
}

export async function answerWithReport(
  subject: Subject,
  { agent, model, limit }: Options,
  { session, signal, tell }: Call,
): Promise<Answer<BoundedReport>> {
  const { agent: chosen, note } = chooseAgent(subject.settings, agent, {
    known: session.agents,
    builtIn: DEFAULT_AGENT,
  });
  const reviewer = session.openReviewer(chosen);
  if (model && reviewer.modelOff === null) session.joinNetwork();
  const total = subject.change.files.length + 1;
  let done = 0;
  let heartbeat: NodeJS.Timeout | undefined;
  const report = await examineChange(subject, {
    reviewer,
    model: model ? reviewer.chooseModel(subject.settings.config) : { off: NOT_ASKED },
    onDone: () => tell({ done: ++done, total, message: `${done} files analysed` }),
    onAnalysed: () => {
      if (!model || reviewer.modelOff !== null) return;
      // Never the end: nobody knows when that is, and progress must grow.
      const began = done;
      let beats = 0;
      const beat = (): void => {
        beats += 1;
        tell({ done: total - (total - began) / (beats + 1), total, message: 'Claude is reading' });
      };
      beat();
      heartbeat = setInterval(beat, HEARTBEAT_MS);
    },
    purse: session.purse,
    memory: session.memory,
    signal,
  }).finally(() => clearInterval(heartbeat));
  for (const finding of report.result.findings) session.told.set(finding.fingerprint, finding);
  const told = note === null ? report : { ...report, notes: [...(report.notes ?? []), note] };
  const { bounded, shown } = boundReport(report, limit);
  return { structured: bounded, text: describeReport(told, shown, bounded.leftOut) };
}
