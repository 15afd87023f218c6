import type { SourceFile } from '../../change/source-file.ts';
import { watchFacts } from '../../facts/extract-facts.ts';
import { type ReadFacts, readFacts } from '../../facts/read-facts.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { addLead } from '../../findings/lead.ts';
import { findProgramFlows, prepareFlows } from '../../flows/find-program-flows.ts';
import type { FlowData } from '../../flows/flow-data.ts';
import type { UseHit } from '../../flows/uses/use-hit.ts';
import { prepareLanguage } from '../../languages/lower-file.ts';
import { type Analysed, type Analyser, COMPARISON, type Searched, type TellStep } from '../analyser.ts';
import { createFactFinder } from '../facts/find-lacking.ts';
import { listChangedShapes, listSenders } from '../facts/list-changed-shapes.ts';
import { filesOf, filesOfAll, showRequests } from '../facts/show-requests.ts';
import { decideLanguage, parseSource, type RuleLanguage } from '../languages.ts';
import { lazy } from '../lazy.ts';
import { RULE_LANGUAGES } from '../rule-languages.ts';
import { asksOf } from './asks-of.ts';
import { describeUnread } from './describe-unread.ts';
import { describeUse, hasUses } from './describe-uses.ts';
import { findExcuse } from './find-excuse.ts';
import { isProgram } from './is-program.ts';
import { joinFindings } from './join-findings.ts';
import { readPlace } from './read-place.ts';
import type { Rule, Unless } from './rule.ts';
import { compileRules, isReadWhole, pickByTree, pickRules, runRules } from './run-rules.ts';

const DATA_FLOW = 'data-flow';

const CLIPPED = 'its values are built out of each other too often to follow all of them';

/** The rule engine and the data-flow engine. They are two analysers that share one parse of each file. */
export function createSyntaxAnalysers(rules: readonly Rule[], data: FlowData): Analyser[] {
  const tables = Object.fromEntries(RULE_LANGUAGES.map((language) => [language, compileRules(rules, language)]));
  const parse = rememberLast();
  const anyUses = hasUses(rules);
  const isExcused = (unless: Unless, file: SourceFile): boolean =>
    findExcuse(unless, file, () => parse(file), languageOf(file)) === 'silent';
  const findLacking = createFactFinder(rules, isExcused);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const tellUse = (hit: UseHit, file: SourceFile): RawFinding | null => {
    const rule = byId.get(hit.use.rule);
    if (!rule || !('uses' in rule.detect)) return null;
    const { unless } = rule.detect;
    const excuse = findExcuse(unless, file, () => parse(file), languageOf(file));
    if (excuse === 'silent') return null;
    return {
      ...describeUse(hit, rule, file),
      ...(excuse === 'tool' && { beside: true as const }),
      ...asksOf(unless),
    };
  };
  // Whoever starts a tool by hand gives it its values himself.
  const markTools = (found: readonly RawFinding[], file: SourceFile): RawFinding[] =>
    found.length > 0 && readPlace(file.path, () => parse(file), languageOf(file)) === 'tool'
      ? found.map((one) => (one.source === 'data-flow' ? { ...one, beside: true as const } : one))
      : [...found];
  const followAll = async (looked: readonly Searched[], at: TellStep = () => undefined): Promise<Analysed[]> => {
    const watch = watchFacts(data);
    const paths = looked.map(({ file }) => file.path);
    const options = { observer: watch.observer, apart: true };
    const texts = filesOfAll(looked);
    const { wanted, ...program } = await findProgramFlows(texts, paths, data, options);
    const asked = new Set(paths);
    // What was not looked at in a file is unknown of that one; in a file beside them, of all.
    const isClipped = (path: string): boolean =>
      [...program.run.clipped].some((one) => one === path || !asked.has(one)) ||
      program.left.some((one) => one.path === path);
    // The same run has seen them.
    const allFacts = lazy(() => ({ ...watch.facts(program.run, program.own), left: program.left }));
    const factsOf = ({ path }: SourceFile): ReadFacts => {
      const { functions, ...facts } = allFacts();
      return { ...facts, functions: functions.filter(({ place }) => place.path === path), clipped: isClipped(path) };
    };
    const all: Analysed[] = [];
    for (const { file, secrets } of looked) {
      const { path } = file;
      // A credential that the search for them says is not said twice.
      const isFound = ({ use }: UseHit, told: RawFinding): boolean =>
        use.clause.secret !== undefined && isReported(secrets, told);
      const uses = program.uses.flatMap((hit) => {
        const told = hit.place.path === path ? tellUse(hit, file) : null;
        if (!told || !isFound(hit, told)) return told ? [told] : [];
        // The search sees how it is written, and the use what it opens: that is said there.
        const atUse = hit.at.isWritten ? tellUse({ ...hit, at: hit.place }, file) : null;
        return atUse ? [atUse] : [];
      });
      const shapes = findLacking ? listChangedShapes(file) : [];
      // Of what others send or take, their facts count as well.
      const readOf = async (one: SourceFile): Promise<ReadFacts> => {
        if (shapes.length > 0 && one.beside) return await readFacts(filesOf(one), data, listSenders(one, shapes));
        return one === file ? factsOf(file) : await readFacts(filesOf(one), data, [one.path]);
      };
      const readBase = async (one: SourceFile): Promise<ReadFacts> => {
        at(COMPARISON);
        try {
          return await readOf(one);
        } finally {
          at(DATA_FLOW);
        }
      };
      const lacking = await findLacking?.(file, { head: readOf, base: readBase }, texts);
      const isByHand = (): boolean => isProgram(parse(file), languageOf(file));
      const isOwn = (one: RawFinding): boolean => one.path === path;
      const { findings, suspects, byOperator } = program;
      const own = { findings: findings.filter(isOwn), suspects: suspects.filter(isOwn), byOperator };
      const joined = joinFindings({ program: own, uses, isByHand });
      const shown = await showRequests(joined, program.entries, data.classes, async () => factsOf(file).facts);
      all.push({
        findings: [...markTools(shown, file).map((one) => addLead(one, file.text)), ...(lacking?.findings ?? [])],
        clipped: isClipped(path) || lacking?.clipped ? CLIPPED : null,
        // Whoever of them asks is given it beside them all.
        wanted: [...(all.length === 0 ? wanted : []), ...shapes.map((named) => ({ path, module: '', named }))],
      });
    }
    return all;
  };
  const rulesFor = (file: SourceFile) => tables[decideLanguage(file.kind) ?? ''] ?? [];
  return [
    {
      name: 'rules',
      // An agent without rules for a language does not look at it, and does not say that it did.
      handles: (file) => rulesFor(file).length > 0,
      prepare: async (file) => void (await prepareLanguage(file.path)),
      analyse: async (file) => {
        const picked = await pickByTree(pickRules(rulesFor(file), file), file, () => parse(file));
        const dear = picked.rules.filter((one) => one.isTooDear);
        const rules = picked.rules.filter((one) => !one.isTooDear);
        const findings = rules.length === 0 ? [] : runRules({ ...picked, rules }, () => parse(file), file);
        return dear.length === 0 ? findings : { findings, clipped: describeDear(dear.map(({ rule }) => rule.id)) };
      },
      describeGap: async (file) =>
        (await isReadWhole(languageOf(file), file)) ? null : describeUnread(file, parse(file)),
    },
    {
      name: DATA_FLOW,
      handles: (file) =>
        decideLanguage(file.kind) !== null && (data.classes.length > 0 || anyUses || findLacking !== null),
      prepare: (file) => prepareFlows(file.path, data),
      analyse: async (file, secrets = [], at) => {
        const [analysed] = await followAll([{ file, secrets }], at);
        return analysed ?? [];
      },
      analyseAll: followAll,
    },
  ];
}

function isReported(secrets: Searched['secrets'], { startLine, endLine }: RawFinding): boolean {
  return secrets.some(({ report, line }) => report && startLine <= line && line <= endLine);
}

function describeDear(ids: readonly string[]): string {
  const [first = ''] = ids;
  const rules = new Set(ids).size === 1 ? `the rule ${first} was` : `${new Set(ids).size} rules (${first}, …) were`;
  return `a function in it is too long, so ${rules} not asked`;
}

function rememberLast() {
  let last: { path: string; text: string; root: ReturnType<typeof parseSource> } | undefined;
  return (file: SourceFile) => {
    const { path, text } = file;
    if (last?.text !== text || last.path !== path) last = { path, text, root: parseSource(languageOf(file), file) };
    return last.root;
  };
}

/** Only files of a language that is known come so far. */
function languageOf({ kind }: SourceFile): RuleLanguage {
  return decideLanguage(kind) ?? 'typescript';
}
