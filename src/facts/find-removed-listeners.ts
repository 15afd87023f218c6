import { codeOf } from '../text/code-of.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import type { FindFacts } from './fact-hit.ts';
import { LONGEST_LINE } from './find-removed-protections.ts';

const LISTENS = /(?<![\w$.])([\w$.]+)\??\.(?:on|once|addListener)\(\s*['"]error['"]/;
/** Its errors go somewhere else now. */
const ELSEWHERE =
  /\[[^\]\n]{0,200}['"]error['"]|\.(?:on|once|addListener)\(\s*['"]error['"]|\bpipeline\(|\bfinished\(|\.catch\(|captureRejections|errorMonitor|handleErrors?\(|onError\(/;

/** Somebody listened for the errors of a socket, a stream or a client before the change, and nobody does now. */
export const findRemovedListeners: FindFacts = (_facts, read, before) => {
  if (!before || !/\.[cm]?[jt]sx?$/.test(before.path)) return [];
  const now = codeOf(read({ path: before.path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER }));
  const added = codeOf(before.added.map((one) => one.text.slice(0, LONGEST_LINE)).join('\n'));
  return before.removed.flatMap(({ line, text }) => {
    const [, of] = (text.length < LONGEST_LINE && LISTENS.exec(codeOf(text))) || [];
    if (of === undefined) return [];
    const own = escapeRegExp(of);
    const isUsed = new RegExp(`(?<![\\w$.])${own}\\??\\.(?:on|once|pipe|write|end|connect|query|send)\\(`).test(now);
    const isHeard = new RegExp(
      `(?<![\\w$.])${own}\\??(?:\\s*\\.\\w+\\([^()]*\\))*\\s*\\.(?:on|once|addListener)\\(\\s*['"]error['"]`,
    ).test(now);
    // Whoever is handed it now may listen.
    const handed = new RegExp(
      `\\w(?<!\\b(?:log|info|warn|debug|error|inspect|String))\\((?:[^()\\n]{0,200},)?\\s*${own}\\s*[,)]`,
    );
    if (!isUsed || isHeard || ELSEWHERE.test(added) || handed.test(added)) return [];
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
