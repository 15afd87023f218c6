import { lastPart } from '../text/last-part.ts';
import {
  compareFindings,
  compareGrades,
  compareReach,
  type Finding,
  gradeOf,
  isAtLeast,
  isByModel,
  isSuspected,
  isWorse,
} from './finding.ts';
import { showLead } from './lead.ts';
import { SEVERITIES } from './severities.ts';

/**
 * One finding per flaw: the same class of flaw on the same lines is said once, by the surest source. What an analyser found is
 * never displaced by what the model says: it keeps its identity, its words and its place, and the model's words are added.
 */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const byProof = joinRemoved(dropPassed(dropReached(dropTwins(findings)))).sort(
    (a, b) => Number(isByModel(a)) - Number(isByModel(b)) || compareFindings(a, b),
  );
  // Each is compared with those of its own file alone, of which there are few hundred at most.
  const files = Map.groupBy(byProof, (finding) => `${finding.side} ${finding.path}`);
  return [...files.values()].flatMap(mergeInFile).sort(compareFindings);
}

/** Generators write one contract twice, `swagger.json` beside `swagger.yaml`: what both say is said of the one that people read. */
function dropTwins(findings: readonly Finding[]): Finding[] {
  const keyOf = ({ path, ruleId, symbol, title }: Finding): string =>
    JSON.stringify([path.replace(/\.\w+$/, ''), ruleId, symbol, title]);
  const ofContracts = findings.filter(({ source }) => source === 'contracts');
  const said = Map.groupBy(
    ofContracts.filter(({ path }) => /\.ya?ml$/.test(path)),
    keyOf,
  );
  const twins = ofContracts.filter(
    (one) =>
      one.path.endsWith('.json') && said.get(keyOf(one))?.some((other) => !isWorse(gradeOf(one), gradeOf(other))),
  );
  const dropped = new Set(twins);
  return findings.filter((one) => !dropped.has(one));
}

/** Where a path from another file ends, what that file alone shows of the same flaw says nothing more. */
function dropReached(findings: readonly Finding[]): Finding[] {
  const ends = Map.groupBy(
    findings.filter((finding) => finding.trace.at(-1)?.path !== undefined),
    ({ ruleId, trace }) => `${ruleId} ${trace.at(-1)?.path}`,
  );
  return findings.filter(
    ({ ruleId, path, severity, startLine, endLine }) =>
      !ends.get(`${ruleId} ${path}`)?.some((other) => {
        const line = other.trace.at(-1)?.line ?? 0;
        return line >= startLine && line <= endLine && isAtLeast(other.severity, severity);
      }),
  );
}

/** What a way that is known goes through is not suspected beside it. */
function dropPassed(findings: readonly Finding[]): Finding[] {
  const steps = Map.groupBy(
    findings
      .filter((finding) => !isSuspected(finding))
      .flatMap(({ path, trace, cwe }) => trace.map((step) => ({ at: `${step.path ?? path}:${step.line}`, cwe }))),
    ({ at }) => at,
  );
  return findings.filter(
    (finding) =>
      !isSuspected(finding) ||
      !steps
        .get(`${finding.path}:${finding.startLine}`)
        ?.some(({ cwe }) => cwe.some((one) => finding.cwe.includes(one))),
  );
}

/**
 * A check that is gone and what it kept away are one flaw: what is shown at the head says it, with the line where the check stood.
 * What is only suspected of the two is not said beside the other.
 */
function joinRemoved(findings: readonly Finding[]): Finding[] {
  const gone = findings.filter(isRemovedCheck);
  if (gone.length === 0) return [...findings];
  const dropped = new Set<Finding>();
  const causes = new Map<Finding, string>();
  for (const check of gone) {
    for (const other of findings) {
      if (isRemovedCheck(other) || !isKeptBy(other, check)) continue;
      if (isSuspected(other) && !isSuspected(check)) dropped.add(other);
      else {
        dropped.add(check);
        if (other.cause === null)
          causes.set(other, `Line ${check.startLine} of the old file prevented this, and the change removes it`);
      }
    }
  }
  return findings.flatMap((finding) =>
    dropped.has(finding) ? [] : [{ ...finding, cause: causes.get(finding) ?? finding.cause }],
  );
}

const REMOVED_CHECK = /-(?:care|check|filter|time)-removed$|^(?:case|escape|handling|limit|release)-removed$/;

/** An analyser itself says it of lines of the base. */
function isRemovedCheck({ side, cause, source, ruleId }: Finding): boolean {
  return side === 'LEFT' && cause === null && !isByModel({ source }) && REMOVED_CHECK.test(ruleId);
}

/** What any input may lead to. */
const ANY = 'CWE-20';

/** Handlers without a name are told apart by their lines. */
const NEAR = 40;

function isKeptBy(flaw: Finding, check: Finding): boolean {
  const name = lastPart(flaw.symbol);
  if (isByModel(flaw) || flaw.path !== check.path) return false;
  const isSameClass = flaw.cwe.some((cwe) => check.cwe.includes(cwe));
  // The flaw stands in another file, and was armed in this one.
  if (flaw.cause !== null && flaw.trace.at(-1)?.path !== undefined) return isSameClass || isArmedBy(flaw, check);
  if (name !== lastPart(check.symbol)) return false;
  if (name === '' && Math.abs(flaw.startLine - check.startLine) > NEAR) return false;
  return isSameClass || (check.cwe.includes(ANY) && flaw.trace.length > 0);
}

function isArmedBy({ side, startLine, endLine }: Finding, check: Finding): boolean {
  return side === 'LEFT' && startLine <= check.endLine && check.startLine <= endLine;
}

function mergeInFile(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    const at = kept.findIndex((other) => isSameFlaw(other, finding));
    const other = kept[at];
    if (!other) kept.push(finding);
    else if (isByModel(finding) && !isByModel(other)) kept[at] = addRemark(other, finding);
  }
  return kept;
}

function addRemark(proven: Finding, { severity, title, explanation }: Finding): Finding {
  const words = `${title}. ${explanation}`;
  return {
    ...proven,
    severity: isAtLeast(proven.severity, severity) ? proven.severity : severity,
    // Suspected by one and said by the other: no longer a suspicion.
    confidence: isSuspected(proven) ? 'medium' : proven.confidence,
    remark: proven.remark === null ? words : `${proven.remark} ${words}`,
  };
}

/**
 * One comment per rule and file, whose worst place lists the others: they have one cause. Two are two where each was followed from
 * a value of its own, or has a fix that is ready.
 */
export function groupPlaces(findings: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(
    findings.filter(({ listedBy }) => listedBy === undefined),
    (finding) =>
      `${finding.path}\0${finding.ruleId}\0${isSuspected(finding)}\0${isByModel(finding) ? finding.fingerprint : finding.title}`,
  );
  const grouped = [...groups.values()].flatMap((group) => {
    const [first, ...others] = group.toSorted((a, b) => compareGrades(a, b) || compareReach(a, b));
    if (!first || others.length === 0) return first ? [first] : [];
    if (others.length < 2 && !others.every((one) => isOneCause(first, one))) return [first, ...others];
    const alsoAt = others.map(({ startLine, fingerprint }) => ({ line: startLine, fingerprint }));
    return [{ ...first, alsoAt: alsoAt.sort((a, b) => a.line - b.line) }];
  });
  return grouped.map(showLead).sort(compareFindings);
}

/** As comments would say them, and apart what is only suspected. */
export function groupSaid(findings: readonly Finding[]): { said: Finding[]; suspected: Finding[] } {
  const { said = [], suspected = [] } = Object.groupBy(groupPlaces(findings), (finding) =>
    isSuspected(finding) ? 'suspected' : 'said',
  );
  return { said, suspected };
}

/** What a rule says in the same words; or what comes in once and goes to several places of its function. */
function isOneCause(a: Finding, b: Finding): boolean {
  const [[origin], [other]] = [a.trace, b.trace];
  if (!origin && !other) return !a.suggestion && !b.suggestion;
  return (
    a.symbol === b.symbol &&
    origin !== undefined &&
    origin.line === other?.line &&
    origin.text === other.text &&
    origin.path === other.path
  );
}

function isSameFlaw(a: Finding, b: Finding): boolean {
  if (a.endLine < b.startLine || b.endLine < a.startLine) return false;
  return a.ruleId === b.ruleId ? a.startLine === b.startLine : a.cwe.some((cwe) => b.cwe.includes(cwe));
}

/** How many findings there are of each severity, most severe first: "1 critical, 2 medium". */
export function countSeverities(findings: readonly { severity: Finding['severity'] }[]): string {
  return SEVERITIES.map(
    (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ');
}
