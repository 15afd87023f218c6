import { codeOf } from '../../text/code-of.ts';
import { codeOfLines } from '../changes/changed-code.ts';
import type { FactHit, FactsBefore, FindFacts } from '../fact-hit.ts';
import { deltaOf } from '../removed-checks/delta-of.ts';
import { shown } from '../removed-checks/gone.ts';
import { refusalsIn } from '../removed-checks/refusals-in.ts';
import { subjectOf } from '../removed-checks/subjects.ts';
import { type Change, changesOf, lostAt } from './changes-of.ts';

/** Conditions on a switch of the operator, a version or a log: they are not about the input. */
const NO_CASE =
  /flag|feature|enabled|disabled|debug|\bdev\b|\benv\b|environ|experiment|beta|legacy|deprecat|version|config|settings?\b|options?\.|\bos\.|platform|verbose|__name__|NODE_ENV|TYPE_CHECKING|isProd|\btest/i;
/** Conditions on a failure or on an absent value: other rules report these. */
const OTHERS =
  /\b\w*[eE]rr\w*\b|\bnil\b|\bnull\b|undefined|\bNone\b|^\W*if\s*\(?\s*(?:!|not\s)\s*[\w.]+\s*\W*$|\blen\(|\.length\b|\bok\b/;

/** A case that was kept apart before the change and is treated like every other one now: the rest of the function stays. */
export const findRemovedCases: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  return changesOf(before, read).flatMap((change) => [...guardsIn(change, before), ...partsIn(change, before)]);
};

/** A guard with its body, and nothing in its place. */
function guardsIn(change: Change, before: FactsBefore): FactHit[] {
  const { edit, removed, lines, places, put, written } = change;
  if (edit.added.length > 1 || /\bif\b|\bswitch\b|\bmatch\b|\?|\bfilter|validat|check/i.test(put)) return [];
  const own = removed.map(({ line, text }) => ({ line: line - places.base.startLine + 1, text }));
  const kept = new Set(edit.added.map(({ text }) => text.trim()));
  return refusalsIn(own, lines.base, kept)
    .filter(({ how }) => how === 'refuses')
    .flatMap(({ line, condition, answer }) => {
      const names = [...condition.matchAll(/[A-Za-z_]\w{2,}/g)].map(([name]) => name).filter((one) => one !== 'not');
      const isElsewhere = names.some((one) =>
        new RegExp(`\\b${one}\\b[^\\n]*(?:[!=]==?|\\s[<>]=?\\s|\\bif\\b)|\\bif\\b[^\\n]*\\b${one}\\b`).test(written),
      );
      const isOther =
        subjectOf(condition, `${condition} ${answer}`) !== null || NO_CASE.test(condition) || OTHERS.test(condition);
      // All that it asked about went with it.
      const isUsed = names.some((one) => new RegExp(`(?<![\\w.])${one}\\b`).test(change.now.replace(/^[^\n]*\n/, '')));
      if (isOther || isElsewhere || !isUsed) return [];
      return [lostAt(before, change, line + places.base.startLine - 1, { HAD: shown(condition) }, true)];
    });
}

const JOINS = /^\s*(?:&&|\|\||and\b|or\b)|(?:&&|\|\||\band|\bor)\s*$/;

/** `&& order.status !== 'paid'` that is gone from a condition. */
function partsIn(change: Change, before: FactsBefore): FactHit[] {
  const { edit, removed } = change;
  const [first] = removed;
  if (!first || removed.length > 3 || edit.added.length > removed.length) return [];
  const old = codeOfLines(removed);
  const delta = deltaOf(old, codeOfLines(edit.added));
  if (!delta || delta.now !== '' || !JOINS.test(delta.old) || !/\bif\b|\breturn\b|\bwhile\b|=/.test(old)) return [];
  const part = codeOf(delta.old).replace(/^\s*(?:&&|\|\||and\b|or\b)\s*|\s*(?:&&|\|\||\band|\bor)\s*$/g, '');
  if (part.length < 4 || subjectOf(part, part) !== null || NO_CASE.test(part) || OTHERS.test(part)) return [];
  return [lostAt(before, change, first.line, { HAD: shown(part) }, true)];
}
