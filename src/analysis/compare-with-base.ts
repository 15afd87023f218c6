import type { SourceFile } from '../change/source-file.ts';
import { type Hunk, touchesOf } from '../diff/patch.ts';
import { distanceTo, listRuns, placeOfRun, undoRun } from '../diff/runs.ts';
import { type BaseFinding, pickNew, toBaseFindings } from '../findings/base-finding.ts';
import { compareFindings, gradeOf, isWorse, type RawFinding } from '../findings/finding.ts';
import { fingerprintFindings, identifyCode } from '../findings/fingerprint.ts';
import { ParserBroken } from '../languages/syntax.ts';
import { dirOf } from '../text/paths.ts';
import { type Analyser, COMPARISON, listFindings, type TellStep } from './analyser.ts';
import type { FileAnalysis } from './process/task.ts';
import type { FoundSecret } from './secretlint/find-secrets.ts';

/** Each undoing is an analysis of the file. */
const MOST_FINDINGS = 10;
const MOST_RUNS = 12;
/** Characters that are analysed again in all: every undoing of an ordinary file, a few of a very long one. */
const MOST_TEXT = 10_000_000;
/** Flaws of the base that are handed on; only those that the head has as well say anything. */
const MOST_BEFORE = 2000;

interface Base {
  /** The text before the change; null where it is not known. */
  base: string | null;
  secrets: readonly FoundSecret[];
}

/**
 * What the base text has of the same flaws, and for each new flaw on untouched lines the change that armed it: the part of the
 * change without which the flaw is not there (a deleted guard, another type of a parameter).
 */
export async function compareWithBase(
  analysers: readonly Analyser[],
  file: SourceFile,
  outcomes: FileAnalysis['outcomes'],
  { base, secrets }: Base,
  at: TellStep,
): Promise<Pick<FileAnalysis, 'before' | 'causes'>> {
  const { hunks } = file;
  const sure = outcomes.flatMap(({ analyser, outcome }) =>
    analyser !== null && outcome.status !== 'failed' && outcome.findings.length > 0
      ? [{ analyser, findings: outcome.findings }]
      : [],
  );
  if (!hunks || hunks.length === 0 || base === null || sure.length === 0) return { before: null, causes: [] };
  const before: BaseFinding[] = [];
  at(COMPARISON);
  let left = MOST_TEXT;
  // Several findings ask what there is without the same part of the change.
  const looks = new Map<string, Promise<Seen>>();
  const look = (name: string, text: string, one = file): Promise<Seen> => {
    const key = `${name}\0${one.path}\0${one === file}\0${text}`;
    const known = looks.get(key) ?? lookAt(name, { ...one, text, hunks: null });
    looks.set(key, known);
    return known;
  };
  const lookAt = async (name: string, one: SourceFile): Promise<Seen> => {
    left -= one.text.length;
    const analyser = analysers.find((each) => each.name === name);
    const analysed = (await analyser?.analyse(one, secrets)) ?? [];
    return { findings: listFindings(analysed), isWhole: Array.isArray(analysed) || analysed.clipped === null };
  };
  const old = file.besideBefore ? { ...file, beside: file.besideBefore } : file;
  const clipped = new Set<string>();
  try {
    for (const { analyser } of sure) {
      const { findings: found, isWhole } = await look(analyser, base, old);
      if (!isWhole) clipped.add(analyser);
      const { pathBefore: path = old.path } = old;
      const { findings: elsewhere } = hasMoved(file) ? await look(analyser, base, { ...old, path }) : NOTHING;
      const seen = new Set(found.map(identifyCode));
      before.push(...toBaseFindings([...found, ...elsewhere.filter((one) => !seen.has(identifyCode(one)))]));
    }
  } catch (error) {
    if (error instanceof ParserBroken) throw error;
    return { before: null, causes: [] };
  }
  const all = fingerprintFindings(sure.flatMap(({ findings }) => findings));
  const isTouched = touchesOf(hunks);
  const analyserOf = (finding: RawFinding): string =>
    sure.find(({ findings }) => findings.some((one) => isSame(one, finding)))?.analyser ?? '';
  const armed = [...pickNew(all, before, hunks)].filter((finding) => !isTouched(finding)).sort(compareFindings);
  const causes: FileAnalysis['causes'] = [];
  for (const finding of armed.slice(0, MOST_FINDINGS)) {
    const analyser = analyserOf(finding);
    const place = await findCause(file.text, hunks, finding, (text) =>
      left > 0 ? look(analyser, text) : Promise.resolve(null),
    );
    if (place) causes.push({ fingerprint: finding.fingerprint, ...place });
  }
  // A base that was not looked at to its end may have had the flaw all the same, unless a part of the change is seen to make it.
  const caused = new Set(causes.map(({ fingerprint }) => fingerprint));
  const isMade = ({ fingerprint, trace }: (typeof armed)[number]): boolean =>
    caused.has(fingerprint) ||
    trace.some(({ path, line }) => path === undefined && isTouched({ startLine: line, endLine: line }));
  before.push(...toBaseFindings(armed.filter((one) => clipped.has(analyserOf(one)) && !isMade(one))));
  const known = new Set(all.flatMap((one) => [identifyCode(one), one.ruleId]));
  const telling = before.filter(({ identity, ruleId }) => known.has(identity) || known.has(ruleId));
  return { before: telling.slice(0, MOST_BEFORE), causes };
}

interface Seen {
  findings: RawFinding[];
  /** Not: what is missing may be there all the same. */
  isWhole: boolean;
}

const NOTHING: Seen = { findings: [], isWhole: true };

/** Into another folder: what it imports has other names now, unless that moved with it. */
function hasMoved({ path, pathBefore = path }: SourceFile): boolean {
  return dirOf(path) !== dirOf(pathBefore);
}

/** A failure proves nothing; a broken parser ends the process. */
function orElse<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof ParserBroken) throw error;
    return value;
  };
}

/** Nearest first. What does not parse without one part of the change, fails or is not looked at to its end proves nothing. */
async function findCause(
  text: string,
  hunks: readonly Hunk[],
  finding: RawFinding,
  look: (text: string) => Promise<Seen | null>,
): Promise<ReturnType<typeof placeOfRun> | null> {
  const runs = listRuns(hunks).sort((a, b) => distanceTo(a, finding.startLine) - distanceTo(b, finding.startLine));
  const identity = identifyCode(finding);
  const grade = gradeOf(finding);
  const count = (found: readonly RawFinding[]): number =>
    found.filter((one) => identifyCode(one) === identity && !isWorse(grade, gradeOf(one))).length;
  const now = count((await look(text).catch(orElse(null)))?.findings ?? []);
  for (const run of runs.slice(0, MOST_RUNS)) {
    const without = await look(undoRun(text, run)).catch(orElse(null));
    if (without?.isWhole && count(without.findings) < now) return placeOfRun(run);
  }
  return null;
}

function isSame(a: RawFinding, b: RawFinding): boolean {
  return a.ruleId === b.ruleId && a.startLine === b.startLine && a.snippet === b.snippet;
}
