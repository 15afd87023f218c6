import type { PullRequest } from '../change/pull-request.ts';
import { restateSpent } from '../render/render-spent.ts';
import type { Forge } from './forge.ts';
import type { Till } from './purse.ts';
import { readSituation } from './read-situation.ts';

/** What answers to comments cost stands in the summary at once, and not only with the next review. */
export async function restateCost(
  github: Pick<Forge, 'readContext' | 'editSummary'>,
  pull: PullRequest,
  till: Till,
): Promise<void> {
  const { ledger } = await readSituation(github, pull);
  const { id = '', body = '' } = ledger.summary?.review ?? {};
  const restated = restateSpent(body, (await till.read()).pullRequest);
  if (restated !== null) await github.editSummary(id, restated);
}
