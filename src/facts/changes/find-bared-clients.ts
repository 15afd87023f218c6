import { codeOf } from '../../text/code-of.ts';
import type { FindFacts, ReadPlace } from '../fact-hit.ts';
import { isShort } from './changed-code.ts';
import { linesIn, pairsOf } from './pairs-of.ts';

/** A call by a name that says what it does for each request. */
const WITH_CARE =
  /([\w$.]*(?:safe|ssrf|guard|retr(?:y|ying|iable)|resilient|timeout|breaker|restricted|protected)[\w$.]*)\(/i;
const DOES: readonly (readonly [RegExp, string])[] = [
  [/retr|resilient|breaker/i, 'its second tries'],
  [/timeout/i, 'its time limit'],
  [/./, 'its check of where a request goes'],
];
const BARE =
  /(?<![\w$.])((?:globalThis\.)?fetch|axios(?:\.\w+)?|got(?:\.\w+)?|undici\.\w+|https?\.(?:get|request)|(?:requests|httpx)\.(?:get|post|put|patch|delete|head|request)|(?:urllib\.request\.)?urlopen|http\.(?:Get|Post|Head|PostForm)|http\.DefaultClient\.\w+)\(/;
/** It takes care in another way. */
const CARES =
  /retr[yi]|timeout|signal|safe|guard|ssrf|agent|dispatcher|lookup|validat|assert|check|allow|proxy|context/i;

/** A request that went out through a client with care before the change, and goes out by a bare one. */
export const findBaredClients: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  return pairsOf(before).flatMap(({ name, base, head }) => {
    const removed = linesIn(base, before.removed)
      .filter(isShort)
      .map(({ text }) => codeOf(text));
    const had = removed.map((text) => WITH_CARE.exec(text)?.[1]).find((one) => one !== undefined);
    if (had === undefined) return [];
    const added = linesIn(head, before.added).filter(isShort);
    const bare = added.find(({ text }) => BARE.test(codeOf(text)));
    const [, now] = (bare && BARE.exec(codeOf(bare.text))) ?? [];
    // One of the program's own may be called so.
    const isOwn = /^https?\./.test(now ?? '') && bare !== undefined && isOfProgram(read, before.path);
    if (isOwn || !bare || now === undefined || /^(?:set|clear)Timeout$/.test(had)) return [];
    if (removed.some((text) => BARE.test(text)) || added.some(({ text }) => CARES.test(codeOf(text)))) return [];
    return [
      {
        place: { path: before.path, startLine: bare.line, endLine: bare.line },
        symbol: name,
        values: { HAD: had, CALL: now, WHAT: DOES.find(([pattern]) => pattern.test(had))?.[1] ?? '' },
      },
    ];
  });
};

function isOfProgram(read: ReadPlace, path: string): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return false;
  return !/["'](?:node:)?https?["']/.test(read({ path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER }));
}
