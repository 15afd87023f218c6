import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { isShort } from '../changes/changed-code.ts';
import type { FactHit, FindFacts } from '../fact-hit.ts';
import { changesOf, createLooks, firstOfEach } from './changes-of.ts';

/** `await pad.setText(text);` */
const ALONE = /^\s*await\s+((?:[\w$]+\.)*[\w$]+)\.([\w$]+)\((.*?)\)?;?\s*$/;
const AWAITS = /^\s*await\s+((?:[\w$]+\.)*[\w$]+)\((.*)\);?\s*$/;
const WRITES =
  /^(?:set|save|append|update|create|delete|remove|insert|add|put|write|destroy|upsert|store|move|rename|reset|clear|apply|restore)/i;

/** A write, and what was done with the written thing after it: both begin at once now. */
export const findLostOrder: FindFacts = (_facts, read, before) => {
  if (!before || !/\.[cm]?[jt]sx?$/.test(before.path)) return [];
  const looks = createLooks();
  return firstOfEach(
    changesOf(before, read).flatMap((change): FactHit[] => {
      const { edit, places, put, removed } = change;
      const at = edit.added.filter(isShort).find(({ text }) => /\bPromise\.(?:all|allSettled)\(/.test(codeOf(text)));
      if (!at || /^\s*(?:const|let|var)\s/.test(at.text) || !looks(change)) return [];
      const old = removed.map(({ text }) => codeOf(text));
      const first = old.flatMap((text, index) => {
        const [, of = '', does = ''] = ALONE.exec(text) ?? [];
        const [, next = '', given = ''] = AWAITS.exec(old[index + 1] ?? '') ?? [];
        const isOfIt =
          new RegExp(`(?<![\\w$.])${escapeRegExp(of)}(?![\\w$(])`).test(given) || next.startsWith(`${of}.`);
        return of !== '' && of !== 'this' && WRITES.test(does) && isOfIt ? [{ of, call: `${of}.${does}`, next }] : [];
      })[0];
      const isAtOnce = (call: string): boolean =>
        new RegExp(`(?<!await\\s)(?<![\\w$.])${escapeRegExp(call)}\\(`).test(put);
      if (!first || !isAtOnce(first.call) || !isAtOnce(first.next)) return [];
      return [
        {
          place: { path: before.path, startLine: at.line, endLine: at.line },
          symbol: places.name,
          values: { FIRST: first.call, THEN: first.next, OF: first.of },
        },
      ];
    }),
  );
};
