import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { writesIn } from '../read/writes-in.ts';
import { shown } from '../removed-checks/gone.ts';
import { REFUSES } from '../removed-checks/refusals-in.ts';
import { blockAt } from './blocks.ts';
import { calleesOf } from './callees.ts';
import { type Change, changesOf, createLooks, firstOfEach, lostAt } from './changes-of.ts';

/** `if (!(await claim(id))) return used()` that became `await claim(id)`: it still answers, and nobody looks at it. */
export const findIgnoredAnswers: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  const looks = createLooks();
  return firstOfEach(
    changesOf(before, read).flatMap((change) =>
      change.removed.flatMap(({ line, text }): FactHit[] => {
        const code = codeOf(text);
        if (!ASKS.test(code) || !turnsAway(line, change) || !looks(change)) return [];
        const isIgnored = isCallIgnored(code, change, before, read) || isCountIgnored(code, change);
        return isIgnored ? [lostAt(before, change, line, { HAD: shown(code) }, true)] : [];
      }),
    ),
  );
};

const ASKS = /^\s*(?:\}?\s*else\s+|el)?if\b/;
const CALLS = /(?<![\w$.])((?:[\w$]+\.)*[\w$]+)\(/g;
/** These ask and do nothing: without their answer they would not be there. */
const PLAIN =
  /(?:^|\.)(?:len|has|get|test|some|every|includes|startsWith|HasPrefix|Contains|isinstance|exists|is\w*|String|Number|bool|Is|As|errors)$/;
const MOST_CALLS = 6;

function turnsAway(line: number, { lines, places: { base } }: Change): boolean {
  const at = line - base.startLine;
  return [lines.base[at] ?? '', ...blockAt(lines.base, at).body].some((one) => REFUSES.test(one));
}

/** It is called for itself alone now, and what it is made of has not changed. */
function isCallIgnored(code: string, change: Change, before: FactsBefore, read: ReadPlace): boolean {
  const { now, was, written } = change;
  const calls = [...[...code.matchAll(CALLS)].map(([, name = '']) => name), ...keptIn(code, change)].filter(
    (name) => name !== 'if' && !PLAIN.test(name),
  );
  return calls.slice(0, MOST_CALLS).some((name) => {
    const of = escapeRegExp(name);
    const alone = new RegExp(`^\\s*(?:await\\s+|_\\s*=\\s*)?${of}\\(`);
    const own = now.split('\n').filter((one) => new RegExp(`(?<![\\w$.])${of}\\(`).test(one));
    const wasAlone = was.split('\n').some((one) => alone.test(one));
    const isAlone = own.length > 0 && own.every((one) => alone.test(one));
    // A function that the change makes throw by itself.
    const isOther = (): boolean =>
      new RegExp(`(?:def|func|function|async)\\b[^\\n]*\\b${escapeRegExp(lastPart(name))}\\b`).test(written) ||
      calleesOf(name, before, read).some((one) => /\b(?:throw|raise|panic\(|abort\w*\()/.test(one));
    return isAlone && !wasAlone && !isOther();
  });
}

/** `if (!isFree)` */
const KEPT = /\b(?:if|elif)\s*\(?\s*(?:!|not\s+)\s*(\w+)\s*[){:]/;

/** The call whose answer was kept in the name that is asked. */
function keptIn(code: string, { lines }: Change): string[] {
  const [, name] = KEPT.exec(code) ?? [];
  if (name === undefined) return [];
  const gives = new RegExp(
    `^\\s*(?:(?:const|let|var)\\s+)?${name}\\s*:?=\\s*(?:await\\s+)?((?:[\\w$]+\\.)*[\\w$]+)\\(`,
  );
  return lines.base.flatMap((one) => gives.exec(one)?.[1] ?? []);
}

/** How many rows a write changed. */
const COUNT =
  /\b(\w*(?:[uU]pdated|[aA]ffected|[mM]odified|[dD]eleted|[rR]ow_?[cC]ount|[rR]ows|[cC]ount)(?:Count|Rows)?)(?:\(\))?\s*(?:[!=]==?|<|>)\s*[01]\b/;
/** A name of any kind that got such a number. */
const NUMBER = /\b(\w+)\s*(?:[!=]==?|<|>)\s*[01]\b/;
const GIVES = /(?:update|delete|destroy|exec|remove|insert|save)\w*\(|RowsAffected/i;
const COUNTS_ROWS = /RowsAffected|rowcount/i;

function isCountIgnored(code: string, { now, was, lines }: Change): boolean {
  const [, name = ''] = COUNT.exec(code) ?? [];
  const [, number = ''] = NUMBER.exec(code) ?? [];
  if (name === '' && number === '') return false;
  const isGivenBy = (one: string, gives: RegExp, to: string): boolean =>
    to !== '' && new RegExp(`\\b${to}\\b[^\\n]*=[^=]`).test(one) && gives.test(one);
  const isOfWrite =
    COUNTS_ROWS.test(code) ||
    lines.base.some((one) => isGivenBy(one, GIVES, name) || isGivenBy(one, COUNTS_ROWS, number));
  return (
    isOfWrite &&
    writesIn(now).size > 0 &&
    writesIn(was).size > 0 &&
    !COUNT.test(now) &&
    !/RowsAffected|rowcount|numUpdated|modifiedCount/i.test(now)
  );
}
