import type { Agent } from '../agents/agent.ts';
import { AGENTS_DIR } from '../agents/load-agents.ts';
import { CODE_TOOLS } from '../change/code-migration.ts';
import { diffTexts } from '../diff/diff-texts.ts';
import { expectWorth, READINGS } from '../findings/readings.ts';
import { SEVERITIES } from '../findings/severities.ts';
import { textIn } from '../flows/data/flow-class.ts';
import type { LibraryModel } from '../flows/data/library-model.ts';
import { LANGUAGES } from '../languages/form.ts';
import { loadFlowClasses, loadLibraries } from './load-flow-data.ts';
import { generalise } from './load-rule-texts.ts';
import { loadRules } from './rules/load-rules.ts';
import type { Code, Rule } from './rules/rule.ts';

/** What a rule or class is, for people: a section of docs/rules.md. */
export interface RulePage {
  id: string;
  title: string;
  level: string;
  principle: string;
  cwe: readonly string[];
  /** How it is found. */
  how: string;
  why: string;
  fix: string;
  falseAlarm: string;
  /** Of the first example of its file. */
  reported: string;
  notReported: string;
  language: string;
  references: readonly string[];
  /** How often readers of whole services called a finding of it worth acting on; "": nobody has read one. */
  readings: string;
}

/** Every rule and class of an agent, by id. @throws AppError RULE_INVALID */
export function describeRules(agent: Pick<Agent, 'name' | 'principles'>, dir: string = AGENTS_DIR): RulePage[] {
  const principles = new Set(agent.principles.map(({ id }) => id));
  const rules = loadRules(agent.name, principles, dir).map((rule) => ({
    ...rule,
    how: describeDetection(rule.detect),
    level: rule.confidence === 'low' ? `${rule.severity}, suspected` : rule.severity,
  }));
  const libraries = LANGUAGES.flatMap((language) => loadLibraries(agent.name, language, dir));
  const classes = loadFlowClasses(agent.name, principles, dir).map((one) => ({
    ...one,
    fix: textIn(one.fix),
    how: `data flow across files: ${describeLibraries(one.kind, libraries)}`,
    level: [
      SEVERITIES.filter((severity) => Object.values(one.severity).includes(severity)).join(' or '),
      ...(one.suspected ? [`${one.suspected.severity} where it is only suspected`] : []),
    ].join('; '),
  }));
  return [...rules, ...classes]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, level, principle, cwe, how, why, fix, falseAlarm, examples: [example], references }) => ({
      id,
      title: generalise(title),
      level,
      principle,
      cwe,
      how,
      why: why.trim(),
      fix: generalise(fix).trim(),
      falseAlarm: falseAlarm.trim(),
      reported: renderCode(example?.invalid[0] ?? ''),
      notReported: renderCode(example?.valid[0] ?? ''),
      language: typeof example?.invalid[0] === 'object' ? 'diff' : (example?.language ?? ''),
      references,
      readings: describeReadings(id),
    }));
}

/** Below this share a scan only suspects what a rule says, unless it is the worst or proven (`surroundings/drop-quiet.ts`). */
const HALF = 0.5;

function describeReadings(id: string): string {
  const [worthIt, read] = READINGS[id] ?? [];
  return read === undefined
    ? ''
    : `Of ${read} findings in scans of services that are in use, readers called ${worthIt} worth acting on${expectWorth(id) < HALF ? ': a scan mostly only suspects it, a review of new code comments on it' : ''}`;
}

/** The libraries with a place where values of this kind do harm, by language. */
function describeLibraries(kind: string, libraries: readonly LibraryModel[]): string {
  const named = libraries.filter(({ sinks, assigned }) => [...sinks, ...assigned].some((one) => one.kind === kind));
  return [...Map.groupBy(named, ({ language }) => language)]
    .map(([language, models]) => `${language} (${models.map(({ library }) => library).join(', ')})`)
    .join('; ');
}

export function describeDetection(detect: Rule['detect']): string {
  if ('uses' in detect) return describeCode(detect);
  if ('fact' in detect) return OF_FACTS;
  if ('migration' in detect) return `migration: SQL, ${CODE_TOOLS.join(', ')}`;
  if ('contract' in detect) return 'API specification, before and after';
  if ('invisible' in detect) return 'every file, by character';
  if ('manifest' in detect) return [...new Set(detect.manifest.map((one) => MANIFESTS[one.in]))].join(', ');
  return 'dockerfile' in detect ? 'Dockerfile' : 'secretlint';
}

const OF_FACTS = 'facts: what the program does, across its functions and beside its siblings';

function describeCode({ ast, uses, fact }: Extract<Rule['detect'], { uses: unknown }>): string {
  const looks = [['syntax', Object.keys(ast)] as const, ['names and values', Object.keys(uses)] as const]
    .filter(([, languages]) => languages.length > 0)
    .map(([how, languages]) => `${how}: ${languages.join(', ')}`);
  return [...looks, ...(fact === undefined ? [] : [OF_FACTS])].join('; ');
}

const MANIFESTS = {
  compose: 'compose file',
  kubernetes: 'Kubernetes manifest',
  workflow: 'GitHub Actions workflow',
} as const;

/** Markdown. */
export function renderRulePage(page: RulePage): string {
  const language = page.language in MANIFESTS ? 'yaml' : page.language;
  const shown =
    language === ''
      ? ''
      : `Reported:\n\n${fence(page.reported, language)}\n\nNot reported:\n\n${fence(page.notReported, language)}`;
  return `## ${page.id}\n\n**${page.title}** · ${page.level} · \`${page.principle}\` · ${page.cwe.join(', ')}\n\n${page.why}\n\n**A false alarm if:** ${page.falseAlarm}\n\n${page.readings && `**Readings:** ${page.readings}.\n\n`}${shown}\n\n${page.references.map((url) => `- <${url}>`).join('\n')}`;
}

/** What a change made of a text is shown as a diff. */
function renderCode(code: Code): string {
  if (typeof code === 'string') return code;
  const hunks = diffTexts(code.base, code.head) ?? [];
  const signs = { added: '+', removed: '-', context: ' ' };
  return hunks.flatMap(({ lines }) => lines.map(({ kind, text }) => signs[kind] + text)).join('\n');
}

function fence(text: string, language: string): string {
  const mark = text.includes('```') ? '````' : '```';
  return `${mark}${language}\n${text.trimEnd().replace(/^\n+/, '')}\n${mark}`;
}
