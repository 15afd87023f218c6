import type { Instruction } from 'dockerfile-ast';
import { inlineCode } from '../../findings/evidence.ts';
import type { Place } from './check.ts';
import { BUILD_START, SHELL_START } from './find-root.ts';
import { listShipped } from './stages.ts';

/** Programs that hand signals on to what they start, and `exec`, which leaves no shell behind. */
const HANDS_ON = /(?:^|[;&|]\s*|\s)(?:exec|tini|dumb-init|s6-svscan|supervisord|pm2-runtime)\s/;
/**
 * Start commands that a shell is put around. An ENTRYPOINT of this form takes no arguments at all, so its CMD is never used; and
 * the shell is the process that is told to stop, and it tells nobody. bash replaces itself by a single program, dash 0.5.12 (which
 * is `sh` in Debian and Ubuntu) does not: tried by hand.
 */
export function findShellStarts(instructions: readonly Instruction[]): Place[] {
  const shipped = listShipped(instructions);
  const pick = (keyword: string) => shipped.findLast((one) => one.getKeyword() === keyword);
  const [entry, command] = [pick('ENTRYPOINT'), pick('CMD')];
  if (shipped.some((one) => one.getKeyword() === 'SHELL')) return [];
  if (entry) {
    const start = readShellForm(entry);
    if (start === null) return [];
    const way = command
      ? 'ENTRYPOINT in this form takes no arguments, so the CMD beside it, and what `docker run` is given, are never used'
      : tellWay(start);
    return way === null ? [] : [{ instruction: entry, values: { START: inlineCode(start), WAY: way } }];
  }
  const start = command ? readShellForm(command) : null;
  const way = start === null ? null : tellWay(start);
  return command && start !== null && way !== null
    ? [{ instruction: command, values: { START: inlineCode(start), WAY: way } }]
    : [];
}

/** The text of a start command that is no list of words; null: it is one. */
function readShellForm(instruction: Instruction): string | null {
  const text = (instruction.getArgumentsContent() ?? '').trim().slice(0, 4000);
  return text === '' || text.startsWith('[') ? null : text;
}

/** Null: it is told to stop as it should be. */
function tellWay(start: string): string | null {
  if (HANDS_ON.test(` ${start}`) || SHELL_START.test(start) || BUILD_START.test(start)) return null;
  return '`/bin/sh` stays the first process and hands no SIGTERM on (dash, in images of Debian and Ubuntu, and wherever the command is more than one program), so `docker stop` and each rollout kill the service in the middle of its requests, when the grace period is over';
}
