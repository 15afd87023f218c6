import type { Instruction } from 'dockerfile-ast';
import { inlineCode } from '../../findings/evidence.ts';
import type { Place } from './check.ts';
import { readArguments } from './read-arguments.ts';
import { listStages } from './stages.ts';

/** Installs what a lock file names: everything from the network that the image needs. */
const INSTALL =
  /(?:^|&&|;|\|\||\s)((?:npm (?:ci|install|i)(?: --?[\w=-]+)*|yarn(?: install)?(?: --[\w=-]+)*|pnpm (?:i|install)(?: --?[\w=-]+)*|bun install(?: --?[\w=-]+)*|pip3? install (?:--?[\w=-]+ )*-r \S+(?: --?[\w=-]+)*|poetry install\b[^&;|]{0,80}|uv sync\b[^&;|]{0,80}|pipenv (?:install|sync)(?: --?[\w=-]+)*|bundle install(?: --?[\w=-]+)*|composer install(?: --?[\w=-]+)*|go mod download)(?: -x)?)\s*(?:$|&&|;|\|\|)/;

/** The whole of the sources is copied in first, so every change of a line downloads all packages again. */
export function findLateInstalls(instructions: readonly Instruction[]): Place[] {
  return listStages(instructions).flatMap((stage) => {
    const copies = stage.instructions.findIndex(copiesAll);
    const before = stage.instructions.slice(0, copies);
    if (copies === -1 || before.some((one) => installs(one) || copiesPackages(one))) return [];
    const late = stage.instructions.slice(copies + 1).find((one) => installs(one) && !isCached(one) && !builds(one));
    const copy = stage.instructions[copies];
    if (!late || !copy) return [];
    const command = INSTALL.exec(readRun(late))?.[1] ?? '';
    return [
      { instruction: copy, values: { INSTALL: inlineCode(command), LINE: String(late.getRange().start.line + 1) } },
    ];
  });
}

function copiesAll(one: Instruction): boolean {
  const word = one.getKeyword();
  if (word !== 'COPY' && word !== 'ADD') return false;
  const text = readArguments(one);
  return !/--from=/.test(text) && /^(?:--\S+\s+)*\.\/?\s+\S+\s*$/.test(text);
}

/** Another stage has installed them: what comes after the sources only adds the project itself. */
function copiesPackages(one: Instruction): boolean {
  return /--from=\S+\s[^]*(?:node_modules|\.venv|site-packages|vendor)\b/.test(readArguments(one));
}

function installs(one: Instruction): boolean {
  return one.getKeyword() === 'RUN' && INSTALL.test(readRun(one));
}

/** What builds in the same instruction is done anew with each change, whatever stands before it. */
function builds(one: Instruction): boolean {
  return /\b(?:build|compile|tsc|make)\b/.test(readRun(one).replace(INSTALL, ' '));
}

function isCached(one: Instruction): boolean {
  return /--mount=type=cache/.test(readArguments(one));
}

function readRun(one: Instruction): string {
  return (one.getArgumentsContent() ?? '')
    .slice(0, 20_000)
    .replace(/^(?:--\S+\s+)+/, '')
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
