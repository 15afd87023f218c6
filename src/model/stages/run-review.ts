import type { SelectedFile } from '../../change/selected-file.ts';
import { checkCandidate } from '../check-candidate.ts';
import { buildPrompt } from '../prompt.ts';
import { attempt, drop, type Work } from '../work.ts';
import { type Counted, mergeVotes, placeNow } from './merge.ts';
import { listReviewTasks, type Tier } from './review.ts';

/** All angles of a bundle. The others begin when the first answer does: by then its beginning is in the cache. */
export async function runReview(work: Work, code: string, tier: Tier, files: ReadonlyMap<string, SelectedFile>) {
  const counted: Counted[] = [];
  const doubts = new Set<string>();
  let [answered, truncated] = [0, false];
  const tasks = listReviewTasks(tier);
  let open: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    open = resolve;
  });
  await Promise.all(
    tasks.map(async ({ angle, task }, index) => {
      if (index > 0) await begun;
      await attempt(work, 'review', `review (${angle})`, async (model) => {
        const answer = await work.ask(`review ${angle}`, {
          model,
          system: work.system,
          prompt: buildPrompt(work.intent, code, task),
          schema: work.schema,
          account: work.meter.account('review'),
          tools: work.openTools([work.intent, code]),
          effort: tier === 'deep' ? 'high' : 'medium',
          signal: work.signal,
          onBegin: open,
        });
        if (answer.kind === 'truncated') {
          truncated = true;
          return;
        }
        answered += 1;
        const said: Counted[] = [];
        for (const candidate of answer.value.findings) {
          const checked = checkCandidate(candidate, files);
          const file = files.get(candidate.path);
          if ('dropped' in checked) drop(work, candidate, checked.dropped);
          else if (file) said.push({ ...checked, candidate, votes: 1, now: placeNow(checked.finding, file) });
        }
        // Who says it twice has one vote.
        counted.push(...mergeVotes(said).map((one) => ({ ...one, votes: 1 })));
        for (const verdict of answer.value.verdicts)
          if (verdict.verdict === 'refuted' && verdict.reason.trim() !== '') doubts.add(verdict.id);
      });
      // Also where the first one failed: the others must not wait for ever.
      open();
    }),
  );
  return { counted, doubts, answered, truncated };
}
