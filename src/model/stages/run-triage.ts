import { buildPrompt } from '../prompt.ts';
import { attempt, type Work } from '../work.ts';
import type { Tier } from './review.ts';
import { buildTriagePrompt, decideTier, needsTriage, TRIAGE_SYSTEM, Triage } from './triage.ts';

/** How closely each file is looked at. Without an answer by size alone: nothing is left out for that. */
export async function runTriage(work: Work): Promise<Map<string, Tier>> {
  const { files } = work.subject;
  const tiers = new Map(files.map((file) => [file.path, decideTier(file)]));
  if (!needsTriage(files)) return tiers;
  await attempt(work, 'triage', 'triage', async (model) => {
    const answer = await work.ask('triage', {
      model,
      system: TRIAGE_SYSTEM,
      prompt: buildPrompt(
        work.intent,
        buildTriagePrompt(files, work.delimiters.mark),
        'Say the tier of each file, and why in five words.',
      ),
      schema: Triage,
      account: work.meter.account('triage'),
      effort: 'low',
      signal: work.signal,
    });
    // What a stranger's text talks the small model into is a lighter look, never none.
    if (answer.kind === 'answer')
      for (const { path, tier } of answer.value.files) if (tiers.has(path)) tiers.set(path, tier);
  });
  return tiers;
}
