import { Ajv } from 'ajv';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/findings/finding.ts';
import { formatGitlab } from '../../../src/report/format/gitlab.ts';
import { formatRdjson } from '../../../src/report/format/rdjson.ts';
import { hasInvisible } from '../../../src/text/invisible.ts';
import { COVERAGE, finding } from '../../support/finding.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

const line = { type: 'object', required: ['line'], properties: { line: { type: 'integer', minimum: 1 } } };
const text = { type: 'string', minLength: 1 };
const range = { type: 'object', required: ['start'], properties: { start: line, end: line } };
/** What reviewdog reads, with nothing that it does not know. Source: github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto. */
const isRdjson = ajv.compile({
  type: 'object',
  required: ['diagnostics'],
  additionalProperties: false,
  properties: {
    source: { type: 'object', required: ['name'], properties: { name: text } },
    diagnostics: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message', 'location', 'severity', 'code'],
        additionalProperties: false,
        properties: {
          message: text,
          location: {
            type: 'object',
            required: ['path'],
            additionalProperties: false,
            properties: { path: text, range },
          },
          severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
          code: { type: 'object', required: ['value'], properties: { value: text, url: text } },
          suggestions: {
            type: 'array',
            items: {
              type: 'object',
              required: ['range', 'text'],
              properties: { range: { ...range, required: ['start', 'end'] }, text: { type: 'string' } },
            },
          },
        },
      },
    },
  },
});

/** The fields that GitLab asks for. Source: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format". */
const isGitlab = ajv.compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: text,
      check_name: text,
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          // "The relative path to the file", without ./ before it.
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
});

const FINDINGS = [
  finding({ suggestion: { startLine: 2, endLine: 3, replacement: 'pool.query(SQL, [sort])' }, endLine: 3 }),
  finding({ severity: 'high', path: 'src/b.ts' }),
  finding({ severity: 'medium', fingerprint: 'f'.repeat(20), references: [], fix: null }),
  finding({ severity: 'low', side: 'LEFT', startLine: 9, endLine: 9, headLine: 7 }),
];
const CLIPPED = { path: 'big.sql', status: 'clipped' as const, reasonCode: null, detail: 'larger than 1 MB' };

const reportOf = (findings: Finding[]) => ({
  agent: 'a',
  base: null,
  head: null,
  seconds: 1,
  result: { findings, coverage: { ...COVERAGE, files: [...COVERAGE.files, { ...CLIPPED, analysers: [] }] } },
});

describe('rdjson', () => {
  const log = JSON.parse(formatRdjson(reportOf(FINDINGS)));

  it('fits what reviewdog reads: severities, whole lines, suggestions with their range', () => {
    isRdjson(log);
    expect(isRdjson.errors).toBeNull();
    const [first] = log.diagnostics;
    expect(log.diagnostics.map((one: { severity: string }) => one.severity)).toEqual([
      'ERROR',
      'ERROR',
      'WARNING',
      'INFO',
      'INFO',
    ]);
    const lines = { start: { line: 2 }, end: { line: 3 } };
    expect(first).toMatchObject({
      location: { path: 'src/a.ts', range: lines },
      code: { value: 'sql-injection', url: 'https://cwe.mitre.org/data/definitions/89.html' },
      suggestions: [{ range: lines, text: 'pool.query(SQL, [sort])' }],
    });
    expect(first.message).toMatch(
      /^\*\*Request input becomes SQL text\*\*\n\n`sort` comes from .*\n\nFix: Use a placeholder\.$/,
    );
  });

  it('says a removed line in words, and what was not reviewed', () => {
    const [removed, left] = log.diagnostics.slice(-2);
    expect(removed.location).toEqual({ path: 'src/a.ts', range: { start: { line: 7 }, end: { line: 7 } } });
    expect(removed.message).toContain('Line 9 before this change: ');
    expect(left).toMatchObject({ location: { path: 'big.sql' }, message: 'Not fully reviewed: larger than 1 MB' });
  });

  it('of a folder elsewhere, paths lead there from where the command was given', () => {
    const { diagnostics } = JSON.parse(
      formatRdjson({ ...reportOf(FINDINGS), below: { root: '/x/service', from: '/x/here' } }),
    );
    const paths = diagnostics.map((one: { location: { path: string } }) => one.location.path);
    expect([...new Set(paths)]).toEqual(['../service/src/a.ts', '../service/src/b.ts', '../service/big.sql']);
  });
});

describe('gitlab', () => {
  const issues = JSON.parse(formatGitlab(reportOf(FINDINGS)));

  it('fits what GitLab reads, with a fingerprint of its own for each issue', () => {
    isGitlab(issues);
    expect(isGitlab.errors).toBeNull();
    expect(issues.map((one: { severity: string }) => one.severity)).toEqual([
      'blocker',
      'critical',
      'major',
      'minor',
      'info',
    ]);
    expect(new Set(issues.map((one: { fingerprint: string }) => one.fingerprint)).size).toBe(issues.length);
    expect(issues[0]).toMatchObject({
      check_name: 'sql-injection',
      description:
        'Request input becomes SQL text. sort comes from the request (line 1) and is pasted into the statement. Fix: Use a placeholder.',
      location: { path: 'src/a.ts', lines: { begin: 2, end: 3 } },
    });
  });

  it('says a removed line in words, and what was not reviewed', () => {
    const [removed, left] = issues.slice(-2);
    expect(removed).toMatchObject({ location: { lines: { begin: 7, end: 7 } } });
    expect(removed.description).toMatch(/^Line 9 before this change: /);
    expect(left).toMatchObject({ check_name: 'not-reviewed', location: { path: 'big.sql', lines: { begin: 1 } } });
  });
});

it.each([
  ['rdjson', formatRdjson],
  ['gitlab', formatGitlab],
])('%s: a stranger’s text does nothing where it is shown', (_, format) => {
  const evil = '<img src=x onerror=alert(1)> ![x](https://evil.test/p.png) @everyone \u202E\u001B[31m';
  const shown = format(reportOf([finding({ title: evil, explanation: evil, fix: evil, path: 'a\n\u001B[2Jb.ts' })]));
  expect(hasInvisible(shown)).toBe(false);
  // Nor does it come out when the JSON is decoded.
  for (const text of listTexts(JSON.parse(shown))) expect(hasInvisible(text.replaceAll('\n', ''))).toBe(false);
  if (format !== formatRdjson) return;
  const page = new MarkdownIt({ html: true, linkify: true }).render(JSON.parse(shown).diagnostics[0].message);
  expect(page).not.toMatch(/<(img|a)\b|(?<!<code>)@everyone/);
});

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listTexts) : [];
}
