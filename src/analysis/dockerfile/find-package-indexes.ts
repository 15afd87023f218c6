import type { Instruction } from 'dockerfile-ast';
import type { Place } from './check.ts';
import { readArguments } from './read-arguments.ts';
import { listShipped, listStages } from './stages.ts';

const UPDATE = /\bapt(?:-get)?(?:\s+-\S+)*\s+update\b/;
const INSTALL = /\bapt(?:-get)?(?:\s+-\S+)*\s+(?:install|upgrade|dist-upgrade)\b/;

/**
 * `apt-get update` in a layer of its own: the layer is kept for months, while the layer that installs is made anew when a
 * package is added, and asks for versions that the mirrors have no more.
 */
export function findStaleIndexes(instructions: readonly Instruction[]): Place[] {
  return listStages(instructions).flatMap((stage) => {
    const runs = stage.instructions.filter((one) => one.getKeyword() === 'RUN');
    const alone = runs.find((one) => UPDATE.test(readArguments(one)) && !INSTALL.test(readArguments(one)));
    const later = alone && runs.slice(runs.indexOf(alone) + 1).find((one) => INSTALL.test(readArguments(one)));
    if (!alone || !later || UPDATE.test(readArguments(later))) return [];
    return [{ instruction: alone, values: { LINE: String(later.getRange().start.line + 1) } }];
  });
}

/** The index of packages stays in a layer of the image that is shipped. */
export function findKeptIndexes(instructions: readonly Instruction[]): Place[] {
  const shipped = listShipped(instructions);
  // Else it is no image that somebody pulls to start it.
  if (!shipped.some((one) => ['CMD', 'ENTRYPOINT'].includes(one.getKeyword()))) return [];
  return shipped
    .filter((one) => one.getKeyword() === 'RUN' && keepsIndex(readArguments(one)))
    .slice(0, 1)
    .map((instruction) => ({ instruction, values: { TOOL: 'apt-get' } }));
}

function keepsIndex(text: string): boolean {
  if (/--mount=type=(?:cache|tmpfs)/.test(text)) return false;
  return UPDATE.test(text) && INSTALL.test(text) && !/\/var\/lib\/apt\b|\brm\s[^&;]*\/var\/lib\b/.test(text);
}
