import type { From, Instruction } from 'dockerfile-ast';
import type { Place } from './check.ts';
import { listStages, type Stage } from './stages.ts';

/** Base images from outside without a version. One that a build argument names is chosen where the build is started. */
export function findUnpinned(instructions: readonly Instruction[]): Place[] {
  const labels = instructions
    .filter((one) => one.getKeyword() === 'LABEL')
    .map((one) => one.getArgumentsContent() ?? '')
    .join('\n');
  return listStages(instructions)
    .filter((stage) => stage.base === null && isUnpinned(stage.from) && !isOwn(stage.from, labels))
    .map(({ from }: Stage) => ({ instruction: from, values: { IMAGE: from.getImage() ?? '' } }));
}

function isUnpinned(from: From): boolean {
  const image = from.getImage() ?? '';
  if (image === '' || image === 'scratch' || image.includes('$') || image.includes('@')) return false;
  const tag = from.getImageTag();
  return tag === null || tag === 'latest';
}

/** An image of the same makers, as the labels name them: what is built on top is released with it. */
function isOwn(from: From, labels: string): boolean {
  const owner = /^(?:ghcr\.io\/|docker\.io\/)?([\w-]{3,})\//.exec(from.getImage() ?? '')?.[1];
  return owner !== undefined && owner !== 'library' && new RegExp(`(?<![\\w-])${owner}(?![\\w-])`, 'i').test(labels);
}
