import type { SourceFile } from '../../change/source-file.ts';
import type { FactHit } from '../../facts/fact-hit.ts';
import type { FactPlace, Facts } from '../../facts/facts.ts';
import { findUnguardedRoutes } from '../../facts/find-unguarded-routes.ts';
import { findUnlimitedRoutes } from '../../facts/find-unlimited-routes.ts';
import { findUnscopedQueries } from '../../facts/find-unscoped-queries.ts';
import type { ReadFacts } from '../../facts/read-facts.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { describeRule } from '../describe.ts';
import type { FACT_RULES, Rule } from '../rules/rule.ts';
import { filesOf } from './show-requests.ts';

type Find = (facts: Facts, read: (place: FactPlace) => string) => FactHit[];

/** What a rule file can name under `detect: fact:`. */
const FINDS: Record<(typeof FACT_RULES)[number], Find> = {
  'unguarded-route': findUnguardedRoutes,
  'unlimited-route': findUnlimitedRoutes,
  'unscoped-query': findUnscopedQueries,
};

/** Four places of the kind are what a comparison of siblings needs: most files have no such thing, and cost nothing. */
const MAY_SAY =
  /\.(?:get|post|put|patch|delete|route|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|HandleFunc|Handle|Methods|filter|where|Where|query|Query\w*|execute|Exec\w*|findMany|findFirst|findUnique|find\w*)\s*\(|@(?:Get|Post|Put|Patch|Delete)\(|\b(?:select|delete from|update)\s/gi;
const FEWEST = 4;

/** Rules over facts: what a route or query lacks that its siblings have. Null: the agent has none. */
export function createFactFinder(
  rules: readonly Rule[],
): ((file: SourceFile, readOf: () => Promise<ReadFacts>) => Promise<Found>) | null {
  const own = rules.flatMap((rule) => ('fact' in rule.detect ? [{ rule, find: FINDS[rule.detect.fact] }] : []));
  if (own.length === 0) return null;
  return async (file, readOf) => {
    if ((file.text.match(MAY_SAY)?.length ?? 0) < FEWEST) return { findings: [], clipped: false };
    const { facts, clipped, left } = await readOf();
    const texts = new Map(filesOf(file).map(({ path, text }) => [path, text.split('\n')]));
    const read = ({ path, startLine, endLine }: FactPlace): string =>
      (texts.get(path) ?? []).slice(startLine - 1, endLine).join('\n');
    const findings = own.flatMap(({ rule, find }) =>
      find(facts, read)
        .filter(({ place }) => place.path === file.path)
        .map((hit) => describeHit(rule, file, hit)),
    );
    return { findings, clipped: clipped || left.length > 0 };
  };
}

interface Found {
  findings: RawFinding[];
  clipped: boolean;
}

function describeHit(rule: Rule, file: SourceFile, { place, symbol, values }: FactHit): RawFinding {
  // The handler is no part of what lacks something.
  return describeRule(
    rule,
    file,
    { startLine: place.startLine, endLine: place.startLine, symbol },
    'data-flow',
    values,
  );
}
