import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import type { Analyser } from '../../src/analysis/analyser.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { loadFlowClasses } from '../../src/analysis/load-flow-data.ts';
import { loadRules } from '../../src/analysis/rules/load-rules.ts';
import type { Code, Rule } from '../../src/analysis/rules/rule.ts';
import type { Runtime } from '../../src/change/decide-runtime.ts';
import type { FileKind } from '../../src/change/source-file.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import type { UseClause, UseClauses } from '../../src/flows/data/use-clause.ts';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { LANGUAGES } from '../../src/languages/form.ts';
import { flowData } from '../support/flow-data.ts';

const cases = [...loadAgents().values()].flatMap(({ name, principles: list }) => {
  const principles = new Set(list.map((principle) => principle.id));
  const analysers = createAnalysers(name, principles);
  const rules = [...loadRules(name, principles), ...loadFlowClasses(name, principles)];
  return rules.map((rule) => [`${name}: ${rule.id}`, { ...rule, analysers }] as const);
});

interface Example {
  language: string;
  code: Code;
  runtime?: Runtime | undefined;
}

const NAMES: Record<string, string> = {
  typescript: 'a.ts',
  python: 'a.py',
  go: 'a.go',
  sql: 'migrations/1.sql',
  dockerfile: 'Dockerfile',
  config: '.env',
  compose: 'compose.yaml',
  kubernetes: 'deploy/api.yaml',
  workflow: '.github/workflows/ci.yml',
  openapi: 'openapi.yaml',
  graphql: 'schema.graphql',
  protobuf: 'api.proto',
};
/** Manifests of two kinds are YAML to who selects files. */
const KINDS: Record<string, FileKind> = { compose: 'yaml', kubernetes: 'yaml' };

/** `// ! high` at the end of a line: the finding of this severity begins there; `// ! low?`: it is suspected. */
const MARK = /[ \t]*(?:\/\/|#|--) ! ((?:critical|high|medium|low)\??)$/gm;

/** `` hands `` to a shell``, "works on , and", a bare `…`, a mode as a decimal number. */
const EMPTY_VALUE = /(?<!`)``(?!`)|\s[,.](?:\s|$)| {2}|`…`|\bwith [1-9]\d\d, which\b/;

function headOf(code: Code): string {
  return typeof code === 'string' ? code : code.head;
}

async function findAll(analysers: readonly Analyser[], example: Example): Promise<RawFinding[]> {
  const { language, code, runtime } = example;
  const text = headOf(code).replace(MARK, '');
  const hunks = typeof code === 'string' ? null : diffTexts(code.base, text);
  const file = {
    path: NAMES[language] ?? '',
    kind: KINDS[language] ?? (language as FileKind),
    text,
    hunks,
    ...(typeof code !== 'string' && { base: code.base }),
  };
  const { outcomes } = await analyseFile(analysers, file);
  return outcomes.flatMap(({ outcome }) => {
    if (outcome.status !== 'analysed') throw new Error(JSON.stringify(outcome));
    return outcome.findings.filter(({ quietIn }) => !(runtime && quietIn?.includes(runtime)));
  });
}

function gradeOf({ severity, confidence }: RawFinding): string {
  return confidence === 'low' ? `${severity}?` : severity;
}

function describeFinding(finding: RawFinding): string {
  const { startLine, endLine, title, suggestion } = finding;
  const place = startLine === endLine ? String(startLine) : `${startLine}-${endLine}`;
  const fix = suggestion
    ? [
        `    ${suggestion.startLine}-${suggestion.endLine}:`,
        ...suggestion.replacement.split('\n').map((line) => `    | ${line}`),
      ]
    : [];
  return [`  ${place} ${gradeOf(finding)}: ${title}`, ...fix].join('\n');
}

/** Of explanations and fixes, in the order of the findings: what a rule writes in its texts stands in the rule. */
function digest(words: readonly string[]): string {
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 12);
}

function listMarks(code: string): string[] {
  return code.split('\n').flatMap((line, index) => {
    const [mark] = line.matchAll(MARK);
    return mark ? [`${index + 1} ${mark[1]}`] : [];
  });
}

describe.each(cases)('%s', (name, { id, analysers, examples, ...rule }) => {
  const rows = examples.flatMap(({ invalid, valid, ...where }) => [
    ...invalid.map((code) => ({ ...where, code, reported: true })),
    ...valid.map((code) => ({ ...where, code, reported: false })),
  ]);
  const told: string[] = [];
  const words: string[] = [];
  it.each(rows)('$language, reported: $reported: $code', async ({ reported, ...example }) => {
    const found = (await findAll(analysers, example)).filter(({ ruleId }) => ruleId === id);
    for (const { title, explanation, fix } of found)
      expect([title, explanation, fix].join('\n'), 'a value is empty, or no name of it').not.toMatch(EMPTY_VALUE);
    if (reported) {
      told.push([`${example.language} ${told.length + 1}`, ...found.map(describeFinding)].join('\n'));
      words.push(JSON.stringify(found.map(({ explanation, fix }) => [explanation, fix ?? null])));
    }
    const marks = listMarks(headOf(example.code));
    if (marks.length > 0) {
      expect(found.map((one) => `${one.startLine} ${gradeOf(one)}`).sort()).toEqual(marks.sort());
    } else expect(found.length > 0).toBe(reported);
    if (usesOf(rule)) expect(reported && marks.length === 0, 'the flawed line has no mark').toBe(false);
  });
  it('says of its flawed examples what it said before: places, severities, titles, suggestions and words', async ({
    skip,
  }) => {
    skip(told.length === 0, 'not all of its examples ran');
    const [agent = ''] = name.split(':');
    await expect(`${[...told, `words ${digest(words)}`].join('\n')}\n`).toMatchFileSnapshot(
      `./golden/${agent}/${id}.txt`,
      'where `words` alone differs, an explanation or a fix of these findings changed; if that is meant, `-u` writes it',
    );
  });
  const languages = LANGUAGES.filter((language) => usesOf(rule)?.[language]?.some(isConditional));
  it.each(languages)('%s: a right example comes to a clause, and a condition of it does not hold', async (language) => {
    const codes = rows.filter((row) => row.language === language && !row.reported).map(({ code }) => headOf(code));
    const path = NAMES[language] ?? '';
    let isAsked = false;
    for (const text of codes) {
      if (isAsked) break;
      const found = await findProgramFlows([{ path, text }], [path], flowData(), { explain: true });
      isAsked = found.asked.some(({ use }) => use.rule === id);
    }
    expect(isAsked).toBe(true);
  });
});

/** Of a rule that finds by nothing else. */
function usesOf(rule: object): UseClauses | null {
  const { detect } = rule as Partial<Rule>;
  return detect && 'uses' in detect && Object.keys(detect.ast).length === 0 ? detect.uses : null;
}

function isConditional({ when, unless, near, apart, inside, ignored, file, notFile }: UseClause): boolean {
  return (
    Object.keys({ ...when, ...unless }).length + inside.length > 0 ||
    [near, apart, ignored, file, notFile].some((one) => one !== undefined)
  );
}
