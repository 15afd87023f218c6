import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/findings/finding.ts';
import { formatText, type Terminal } from '../../../src/report/format/text.ts';
import type { Coverage } from '../../../src/scope/coverage.ts';
import { COVERAGE, finding } from '../../support/finding.ts';

const PIPE: Terminal = { colour: false, addressOf: () => null };
const SCREEN: Terminal = { colour: true, addressOf: (path) => `file:///repo/${path}` };

function format(findings: Finding[], terminal: Terminal, own: Partial<Coverage> = {}): string {
  const result = { findings, coverage: { ...COVERAGE, ...own } };
  return formatText({ agent: 'backend-dev', base: null, head: null, seconds: 1.23, result }, terminal);
}

const many = (count: number): Finding[] =>
  Array.from({ length: count }, (_, at) =>
    finding({ path: `src/${at}.ts`, title: `Flaw ${at}`, severity: at === 0 ? 'critical' : 'low' }),
  );

describe('the text of a review', () => {
  it('a pipe gets plain text: no colour, no link, nothing that moves a cursor', () => {
    const text = format(many(5), PIPE);
    expect(text).not.toContain('\u001B');
    expect(text).toContain(
      'critical Flaw 0\n  src/0.ts:2 · security/use-parameterized-queries · CWE-89 · sql-injection',
    );
  });

  it('a terminal gets the place as a link to the file, in colour', () => {
    expect(format([finding()], SCREEN)).toContain(
      '\u001B]8;;file:///repo/src/a.ts\u001B\\\u001B[36msrc/a.ts:2\u001B[39m\u001B]8;;\u001B\\ · ',
    );
    expect(format([finding({ severity: 'high' })], SCREEN)).toContain('\u001B[35mhigh    \u001B[39m');
  });

  it('without an address there is no link, though there are colours', () => {
    const text = format([finding()], { ...SCREEN, addressOf: () => null });
    expect(text).toContain('\u001B[36msrc/a.ts:2');
    expect(text).not.toContain(']8;;');
  });

  it('the code stands under its line numbers, six lines at most', () => {
    const evidence = Array.from({ length: 9 }, (_, at) => `line ${at}`).join('\n');
    const text = format([finding({ startLine: 98, endLine: 106, evidence })], PIPE);
    expect(text).toContain('\n     98 | line 0\n     99 | line 1\n    100 | line 2\n');
    expect(text).toContain('    103 | line 5\n');
    expect(text).not.toContain('line 6');
  });

  it('a fix that is code stands below, without its fence, and a doubt is told also beside a suspicion', () => {
    const doubt = 'Line 3 asks for the owner.';
    const fix = 'Ask again:\n\n```ts\nif (!own) {\n  throw no;\n}\n```';
    const text = format([finding({ confidence: 'low', doubt, fix })], PIPE);
    expect(text).toContain('  Fix: Ask again:\n      if (!own) {\n        throw no;\n      }\n');
    expect(text).toContain(`  Claude doubts this: ${doubt}`);
    expect(format([finding({ fix: '```ts\ncall();\n```' })], PIPE)).toContain('  Fix:\n      call();');
  });

  it('a suggestion says for which lines it is, and an empty one that they go', () => {
    const say = (startLine: number, endLine: number, replacement: string): string =>
      format([finding({ suggestion: { startLine, endLine, replacement } })], PIPE);
    expect(say(2, 2, '  fetch(url, {\n    signal,\n  });\n')).toContain(
      '  Suggestion, in place of line 2:\n        +   fetch(url, {\n        +     signal,\n        +   });\n',
    );
    expect(say(2, 4, 'x')).toContain('  Suggestion, in place of lines 2 to 4:\n        + x\n');
    expect(say(2, 4, '')).toContain('  Suggestion: take out lines 2 to 4\n');
  });

  it('from four findings on the worst are named once more above the verdict, ten at most', () => {
    const overview = (count: number): string => format(many(count), PIPE).split('\n\n').at(-2) ?? '';
    expect(overview(3)).toContain('low      Flaw 2\n  src/2.ts:2');
    expect(overview(4)).toBe(
      'critical src/0.ts:2 Flaw 0\nlow      src/1.ts:2 Flaw 1\nlow      src/2.ts:2 Flaw 2\nlow      src/3.ts:2 Flaw 3',
    );
    expect(overview(13).split('\n')).toHaveLength(11);
    expect(overview(13)).toMatch(/\nand 3 more$/);
  });

  it('the verdict can be read in five seconds: it is one line, the last but what was not reviewed', () => {
    const clipped = {
      path: 'src/b.ts',
      status: 'clipped' as const,
      reasonCode: null,
      detail: 'too large',
      analysers: [],
    };
    const text = format(many(2), PIPE, { files: [...COVERAGE.files, clipped] });
    expect(text.split('\n\n').at(-2)).toBe(
      '2 findings: 1 critical, 1 low · 1 of 2 backend files reviewed · model off · 1.2 s',
    );
    expect(text).toMatch(/\n\nNot reviewed:\n {2}src\/b\.ts: too large\n$/);
  });

  it('three places of one rule in a file are one finding that lists the others', () => {
    const at = (startLine: number): Finding =>
      finding({ startLine, endLine: startLine, fingerprint: String(startLine) });
    const text = format([at(2), at(5), at(9)], PIPE);
    expect(text).toContain('  Also at lines 5, 9.\n');
    expect(text).toContain('1 finding at 3 places: 1 critical');
  });

  it('nothing of a stranger reaches the terminal as more than text', () => {
    const evil = '\u001B[2J\u001B]8;;https://evil\u0007\u202E';
    const text = format(
      [
        finding({
          path: `a\n${evil}.ts`,
          title: evil,
          explanation: evil,
          fix: evil,
          evidence: evil,
          suggestion: { startLine: 2, endLine: 2, replacement: evil },
          trace: [
            { line: 1, text: evil },
            { line: 2, text: evil },
          ],
        }),
      ],
      PIPE,
      { files: [{ path: evil, status: 'clipped', reasonCode: null, detail: evil, analysers: [] }] },
    );
    for (const char of ['\u001B', '\u0007', '\u202E']) expect(text).not.toContain(char);
    expect(text).toContain('a\\n\\u{1B}[2J');
  });
});
