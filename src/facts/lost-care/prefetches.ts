import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { Care } from './find-removed-care.ts';

export const PREFETCHES: readonly Care[] = [
  {
    had: /\.(?:prefetch_related|select_related)\(|\b(?:selectinload|joinedload|subqueryload|contains_eager)\(|(?:\.|^\s*)(?:Preload|Joins)\(|\b(?:include|relations)\s*:\s*[{[]|\.(?:leftJoinAndSelect|innerJoinAndSelect|populate|withGraphFetched)\(/,
    // `row.room = rooms[row.room_id]`: put there by hand.
    has: /prefetch|select_related|joined|selectin|subqueryload|eager|Preload|Joins|\binclude\b|relations|AndSelect|populate|dataloader|withGraph|\.\w+\s*=\s*\w+(?:\[|\.get\()\s*\w+\.\w+_?id\b/i,
    stays: ({ now }) =>
      /\.(?:get|all|filter|first|in_bulk|find\w*|Find|First|get_object_or_404|scalars?|one|execute|select)\(|get_object_or_404\(/.test(
        now,
      ),
    suspected: true,
    sure: ({ now }, _of, code) => relationsIn(code).some((name) => isReadInLoop(name, now)),
  },
  {
    had: /\.(?:prefetch_related|select_related|Preload|populate)\(([^()\n]*,[^()\n]*)\)/,
    has: /(?!)/,
    stays: ({ put }, of) => {
      const parts = (text: string): string[] => text.split(',').map((one) => one.trim());
      const [, left] = /\.(?:prefetch_related|select_related|Preload|populate)\(([^()\n]+)\)/.exec(put) ?? [];
      const had = parts(of);
      return left !== undefined && parts(left).length < had.length && parts(left).every((one) => had.includes(one));
    },
    suspected: true,
    sure: ({ now, put }, _of, code) =>
      relationsIn(code).some((name) => !relationsIn(put).includes(name) && isReadInLoop(name, now)),
  },
];

/** `select_related("owner__team")`, `joinedload(Order.lines)`, `include: { lines: true }`: what is loaded along, by its first name. */
function relationsIn(code: string): string[] {
  const [part = ''] = LOADS.exec(code) ?? [];
  const quoted = [...part.matchAll(/["'`](?:\w+\.(?=\w+["'`]\s*,))?([A-Za-z_]\w*)[.\w]*["'`]/g)].map(
    ([, one = '']) => one,
  );
  const fields = [...part.matchAll(/(?:load|eager)\(\s*\w+\.(\w+)/g)].map(([, one = '']) => one);
  const keys = [...part.matchAll(/[{,]\s*(\w+)\s*:/g)].map(([, one = '']) => one);
  const [first] = quoted;
  // The second one is an alias.
  const found = /AndSelect/.test(part) && first !== undefined ? [first] : [...quoted, ...fields, ...keys];
  return [...new Set(found.map((one) => one.replace(/__.*$/, '')))];
}

const LOADS =
  /(?:prefetch_related|select_related|selectinload|joinedload|subqueryload|contains_eager|Preload|Joins|AndSelect|populate|withGraphFetched)\([^)]*|\b(?:include|relations)\s*:\s*[{[][^}\]]*/;

/** A list is gone through, and of each of its items this is read. */
function isReadInLoop(name: string, now: string): boolean {
  const of = escapeRegExp(name);
  return [
    `\\bfor\\s*\\(?\\s*(?:const\\s+|let\\s+|\\w+\\s*,\\s*)?(\\w+)\\s+(?:in|of|:=\\s*range)\\s[^\\n]*\\n(?:[^\\n]*\\n){0,8}?[^\\n]*(?<![\\w.])\\1\\.${of}\\b(?!\\s*=[^=])`,
    `(?<![\\w.])(\\w+)\\.${of}\\b[^\\n]*\\bfor\\s+\\1\\s+in\\b`,
    `\\.(?:map|flatMap|forEach|filter|reduce|some|every)\\(\\s*(?:async\\s*)?\\(?\\s*(\\w+)(?:\\s*:[^)=]{0,60})?\\s*\\)?\\s*=>[^\\n]*(?<![\\w.])\\1\\.${of}\\b`,
  ].some((one) => new RegExp(one).test(now));
}
