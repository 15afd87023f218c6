import type { From, Instruction } from 'dockerfile-ast';
import type { Place } from './check.ts';
import { listStages, type Stage } from './stages.ts';

/** Base images from outside without a version. One that a build argument names is chosen where the build is started. */
export function findUnpinned(instructions: readonly Instruction[]): Place[] {
  return listStages(instructions)
    .filter((stage) => stage.base === null && isUnpinned(stage.from))
    .map(({ from }: Stage) => ({ instruction: from, values: { IMAGE: from.getImage() ?? '' } }));
}

function isUnpinned(from: From): boolean {
  const image = from.getImage() ?? '';
  if (image === '' || image === 'scratch' || image.includes('$') || image.includes('@')) return false;
  const tag = from.getImageTag();
  return tag === null || tag === 'latest';
}
