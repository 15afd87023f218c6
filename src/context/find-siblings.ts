import type { Declaration } from '../analysis/outline/outline.ts';
import { wordsOf } from '../text/words-of.ts';
import type { Candidate } from './candidate.ts';
import type { Place } from './changed-place.ts';
import { isCommon } from './common-names.ts';
import { isFunction } from './enclosing.ts';
import { isGuard } from './is-guard.ts';
import type { Source } from './source.ts';

const LONGEST = 80;
/** For each changed function the one beside it that does the same kind of thing, and has what it lacks. */
export function findSiblings(places: readonly Place[]): Candidate[] {
  const changed = new Set(places.map(({ source, declaration }) => `${source.path} ${declaration?.startLine ?? 0}`));
  return places.flatMap((place) => {
    const { source, declaration, status } = place;
    if (!declaration || !isFunction(declaration) || status === 'removed' || source.side !== 'head') return [];
    const own = namesIn(source, declaration);
    const others = source.outline.declarations.filter(
      (one) =>
        isFunction(one) &&
        one.container === declaration.container &&
        one.kind === declaration.kind &&
        one.startLine !== declaration.startLine &&
        one.endLine - one.startLine < LONGEST &&
        one.endLine - one.startLine >= 2 &&
        !changed.has(`${source.path} ${one.startLine}`),
    );
    const judged = others
      .map((one) => judge(source, declaration, own, one, others))
      .sort((a, b) => b.score - a.score || a.one.startLine - b.one.startLine);
    const [best] = judged;
    return best && best.score >= leastScore(declaration, best) ? [propose(place, declaration, best)] : [];
  });
}

/** Handlers of one router or controller are always worth a comparison, as soon as they share anything. */
function leastScore({ kind, container }: Declaration, { lacks }: Judged): number {
  if (kind === 'route' || /(?:Controller|View|ViewSet|Resolver)$/.test(container ?? '')) return 1;
  return lacks.length > 0 ? 3 : 7;
}

interface Judged {
  one: Declaration;
  score: number;
  lacks: string[];
}

function judge(
  source: Source,
  declaration: Declaration,
  own: ReadonlySet<string>,
  one: Declaration,
  others: readonly Declaration[],
): Judged {
  const its = namesIn(source, one);
  const shared = [...its].filter((name) => own.has(name) && !isCommon(name));
  const isUsual = (name: string): boolean =>
    others.filter((other) => namesIn(source, other).has(name)).length * 2 > others.length;
  const lacks = [...its].filter(
    (name) => !own.has(name) && !isCommon(name) && (isGuard(name) || (others.length > 2 && isUsual(name))),
  );
  const words = wordsOf(declaration.name);
  const alike = wordsOf(one.name).filter((word) => words.includes(word)).length;
  const guards = lacks.filter((name) => isGuard(name)).length;
  const like = Math.min(shared.length, 5) + alike * 2;
  // What has nothing in common is no sibling, whatever it checks.
  return { one, lacks, score: like === 0 ? 0 : like + Math.min(guards, 3) * 2 };
}

function propose({ source }: Place, declaration: Declaration, { one, lacks }: Judged): Candidate {
  const more =
    lacks.length > 0
      ? `; it uses ${lacks
          .slice(0, 4)
          .map((name) => `\`${name}\``)
          .join(', ')}, which \`${declaration.name}\` does not`
      : '';
  const where =
    one.container === null
      ? 'the same file'
      : `the same ${one.kind === 'route' ? 'router' : 'holder'} \`${one.container}\``;
  return {
    role: 'sibling',
    source,
    startLine: one.startLine,
    endLine: one.endLine,
    weight: lacks.length > 0 ? 70 : 35,
    because: `\`${one.name}\` of ${where} as \`${declaration.name}\`${more}`,
  };
}

function namesIn({ outline }: Source, { startLine, endLine }: Declaration): Set<string> {
  return new Set(
    outline.uses
      .filter(({ line, as }) => as === 'call' && startLine <= line && line <= endLine)
      .map(({ name }) => name),
  );
}
