import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
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
    const careful = removed.map((text) => WITH_CARE.exec(text)?.[1]).find((one) => one !== undefined);
    const limited = careful ?? limitedIn(removed, before);
    const had = limited?.replace(/\(\)$/, '');
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
        values: {
          HAD: had,
          CALL: now,
          WHAT: (careful === undefined ? DOES[1] : DOES.find(([pattern]) => pattern.test(had)))?.[1] ?? '',
        },
      },
    ];
  });
};

/** `feedClient().Do(r)`, `client.Do(r)`: a client of the file that was made with a time limit. */
function limitedIn(removed: readonly string[], before: FactsBefore): string | undefined {
  const calls = removed.flatMap((text) => {
    const [, name = ''] =
      /(?<![\w$.])(\w*[cC]lient\w*(?:\(\))?)\.(?:Do|Get|Post|Head|get|post|put|request)\(/.exec(text) ?? [];
    return name === '' ? [] : [name];
  });
  const [name] = calls;
  if (name === undefined) return undefined;
  const text = before.read({ path: before.path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER });
  const of = escapeRegExp(name.replace(/\(\)$/, ''));
  const made = new RegExp(
    `(?:\\bfunc\\s+${of}\\(|(?<![\\w.])${of}\\s*:?=\\s*&?(?:http\\.Client|axios\\.create|httpx\\.Client|got\\.extend))[^]{0,200}?\\b[tT]imeout\\s*[:=]`,
  );
  return made.test(text) ? name : undefined;
}

function isOfProgram(read: ReadPlace, path: string): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return false;
  return !/["'](?:node:)?https?["']/.test(read({ path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER }));
}
