import { codeOf } from '../../text/code-of.ts';
import type { FindFacts } from '../fact-hit.ts';
import { codeOfLines, isShort } from './changed-code.ts';

const LISTENS = /(?<![\w$.])([\w$.]+)\??\.(?:on|once|addListener)\(\s*['"]error['"]/;
/** Its errors go somewhere else now. */
const ELSEWHERE =
  /\[[^\]\n]{0,200}['"]error['"]|\.(?:on|once|addListener)\(\s*['"]error['"]|\bpipeline\(|\bfinished\(|\.catch\(|captureRejections|errorMonitor|handleErrors?\(|onError\(/;

/** Somebody listened for the errors of a socket, a stream or a client before the change, and nobody does now. */
export const findRemovedListeners: FindFacts = (_facts, read, before) => {
  if (!before || !/\.[cm]?[jt]sx?$/.test(before.path)) return [];
  const now = codeOf(read({ path: before.path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER }));
  const added = codeOfLines(before.added);
  if (ELSEWHERE.test(added)) return [];
  // Each text is read once, for all lines that are gone.
  const used = namesIn(now, USES);
  const heard = namesIn(now, HEARS);
  const handed = new Set(
    [...added.matchAll(HANDS)].flatMap(([, given = '']) => given.split(',').map((one) => one.trim())),
  );
  return before.removed.filter(isShort).flatMap(({ line, text }) => {
    const [, of] = LISTENS.exec(codeOf(text)) ?? [];
    if (of === undefined || !used.has(of) || heard.has(of) || handed.has(of)) return [];
    return [
      {
        place: { path: before.path, startLine: line, endLine: line },
        side: 'LEFT' as const,
        symbol: of,
        values: { OF: of },
      },
    ];
  });
};

const USES = /(?<![\w$.])([\w$.]+?)\??\.(?:on|once|pipe|write|end|connect|query|send)\(/g;
const HEARS = /(?<![\w$.])([\w$.]+?)\??(?:\s*\.\w+\([^()]*\))*\s*\.(?:on|once|addListener)\(\s*['"]error['"]/g;
/** Whoever is handed it now may listen. */
const HANDS = /\w(?<!\b(?:log|info|warn|debug|error|inspect|String))\(([^()\n]{1,300})[()]/g;

function namesIn(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
}
