import { codeOf } from '../../text/code-of.ts';
import { indentOf } from '../../text/indent-of.ts';
import type { ChangedLine, FactHit, FindFacts } from '../fact-hit.ts';
import { innermost } from '../read/places-around.ts';
import { isShort } from './changed-code.ts';
import { findRemovedGuards } from './find-removed-guards.ts';

const ROUTE =
  /^\s*[\w.]+\.(get|post|put|patch|delete|handle(?:func)?)\(\s*["'`]([^"'`\n]+)["'`]\s*,\s*[\w.]+\s*\)\s*;?\s*$/i;
const USES = /\.[uU]se\(\s*([\w.]+)\s*[,)(]/;
const GUARDS = /auth(?!or)|require|log_?in|admin|jwt|protect|guard|must|signed/i;
/** What turns away, and does not only look who it is. */
const REFUSES = /require|must|ensure|only|protect|guard|log_?in_?required/i;
const MOST = 50;
const MOST_LINES_UP = 300;

/** Routes that lost what ran before them, each once. */
export const findLostGuards: FindFacts = (facts, read, before) => {
  const found = findRemovedGuards(facts, read, before);
  const told = new Set(found.map(({ place }) => place.startLine));
  return [...found, ...findMovedRoutes(facts, read, before).filter(({ place }) => !told.has(place.startLine))];
};

/** The same line that stands outside of the group now in which a guard was mounted. */
const findMovedRoutes: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  const { path } = before;
  const added = new Map(before.added.filter(isShort).map((one) => [one.text.trim(), one] as const));
  const moved = before.removed.filter(isShort).flatMap((old): [ChangedLine, ChangedLine][] => {
    const now = ROUTE.test(codeOf(old.text)) ? added.get(old.text.trim()) : undefined;
    return now ? [[old, now]] : [];
  });
  if (moved.length === 0) return [];
  const whole = { path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER };
  const [base, head] = [before.read(whole).split('\n'), read(whole).split('\n')];
  return moved.slice(0, MOST).flatMap(([old, now]): FactHit[] => {
    const [had, has] = [guardsAbove(base, old.line), guardsAbove(head, now.line)];
    const lost = had.find((one) => !has.includes(one));
    if (lost === undefined || has.some((one) => !had.includes(one))) return [];
    const [, method = '', route = ''] = ROUTE.exec(codeOf(now.text)) ?? [];
    return [
      {
        place: { path, startLine: now.line, endLine: now.line },
        symbol: innermost(before.functions.head, path, now.line)?.name ?? '',
        suspected: has.length > 0 && !REFUSES.test(lost),
        keptBy: 'guard',
        values: {
          ROUTE: `${/^handle/i.test(method) ? 'ANY' : method.toUpperCase()} ${route}`,
          GUARD: lost,
          BACK: `\`${lost}\``,
          WAS: `it stood in the group where \`${lost}\` runs first`,
          NOW: 'it stands outside of that group',
        },
      },
    ];
  });
};

/** What is mounted before this line in its block and in those around it; what stands under an `if` there counts. */
function guardsAbove(lines: readonly string[], line: number): string[] {
  const found: string[] = [];
  let at = indentOf(lines[line - 1] ?? '');
  let inner: string[] = [];
  for (const text of lines.slice(Math.max(0, line - 1 - MOST_LINES_UP), line - 1).toReversed()) {
    if (text.trim() === '') continue;
    const indent = indentOf(text);
    const [, name = ''] = USES.exec(codeOf(text)) ?? [];
    const isGuard = name !== '' && GUARDS.test(name);
    if (indent > at) {
      if (isGuard) inner.push(name);
      continue;
    }
    if (isGuard) found.push(name);
    if (/^\s*if\b/.test(text) && indent === at) found.push(...inner);
    inner = [];
    at = indent;
    if (indent === 0) break;
  }
  return found;
}
