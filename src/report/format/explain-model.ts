import type { ModelCoverage } from '../../scope/coverage.ts';
import { escapeInvisible } from '../../text/invisible.ts';

/** How the model came to its result, line by line: what each stage cost, and what became of each thing that was said. */
export function explainModel({ status, stages = [], steps = [], dropped = {} }: ModelCoverage): string[] {
  if (status === 'off') return ['The model was off, so there is nothing to explain.'];
  const cost = stages.map(
    ({ stage, model, requests, usage }) =>
      `  ${stage}${model === null ? '' : ` (${model})`}: ${requests} ${requests === 1 ? 'request' : 'requests'}, ${usage.inputTokens} tokens read, ${usage.cacheReadTokens} from the cache, ${usage.outputTokens} written, $${usage.costUsd.toFixed(4)}`,
  );
  const lines = steps.map(({ path, line, title, votes, outcome, reason, stage }) => {
    const place = `${path.replaceAll('\n', '\\n')}${line === null ? '' : `:${line}`}`;
    return escapeInvisible(
      `  ${outcome} (${stage}, ${votes} ${votes === 1 ? 'vote' : 'votes'}): ${place} ${title}. ${reason}`.replaceAll(
        '\n',
        ' ',
      ),
    );
  });
  const left = Object.entries(dropped).map(([reason, count]) => `  ${count} dropped: ${reason}`);
  return [
    'Stages:',
    ...(cost.length > 0 ? cost : ['  nothing was asked']),
    ...(lines.length > 0 ? ['What was said:', ...lines] : []),
    ...left,
  ];
}
