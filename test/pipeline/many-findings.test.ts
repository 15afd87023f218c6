import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { Change, Snapshot } from '../../src/change/change.ts';
import type { Hunk } from '../../src/diff/patch.ts';
import { mergeFindings } from '../../src/findings/merge.ts';
import { placeFindings } from '../../src/findings/place.ts';
import { analyseChange } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { finding as makeFinding } from '../support/finding.ts';

/** The object, with a count of how often one of its fields was read: steps, not seconds, so that any machine will do. */
function counted<T extends object>(objects: readonly T[], field: keyof T): { objects: T[]; reads: () => number } {
  let reads = 0;
  const made = objects.map((object) => {
    const value = object[field];
    return Object.defineProperty({ ...object }, field, {
      enumerable: true,
      get: () => {
        reads += 1;
        return value;
      },
    });
  });
  return { objects: made, reads: () => reads };
}

describe('very many findings', () => {
  it('in many files are merged by comparing each with those of its own file alone', () => {
    const { objects, reads } = counted(
      Array.from({ length: 8000 }, (_, at) => makeFinding({ path: `${at % 400}.ts`, startLine: at, endLine: at })),
      'path',
    );
    expect(mergeFindings(objects)).toHaveLength(8000);
    expect(reads()).toBeLessThan(8000 * 100);
  });

  it('are placed on a long patch without reading it again for each', () => {
    const removed = { kind: 'removed' as const, newLine: null, text: 'x' };
    const { objects, reads } = counted(
      Array.from({ length: 20_000 }, (_, at) => ({ ...removed, oldLine: at + 1 })),
      'text',
    );
    const hunks: Hunk[] = [{ oldStart: 1, newStart: 1, lines: objects }];
    const findings = Array.from({ length: 1000 }, () => makeFinding({ startLine: 1, endLine: 400_000 }));
    expect(placeFindings(findings, hunks, null)).toHaveLength(1000);
    expect(reads()).toBeLessThan(20_000 * 20);
  });

  it('beyond a limit are left out, the least important first, and their files are named', async () => {
    const raw = (path: string, severity: 'critical' | 'low', count: number) =>
      Array.from({ length: count }, (_, at) => makeFinding({ path, severity, startLine: at + 1, endLine: at + 1 }));
    const analysis: Analysis = {
      compare: async () => [],
      outline: async () => [],
      analyse: async (files) =>
        files.map(({ path }) => {
          const findings = path === 'a.ts' ? raw(path, 'low', 8) : raw(path, 'critical', 6);
          const outcomes = [{ analyser: 'rules', outcome: { status: 'analysed' as const, findings } }];
          const masked = { text: maskText('x\n'.repeat(9)), hunks: null };
          return { path, outcomes, before: null, causes: [], masked, values: [], syntaxErrors: null };
        }),
    };
    const snapshot: Snapshot = {
      readHead: async (paths) => new Map(paths.map((path) => [path, { kind: 'text', text: 'x\n'.repeat(9) }])),
      readBase: async () => new Map(),
    };
    const file = { previousPath: null, status: 'added' as const, hunks: null, binary: false, blob: null };
    const change: Change = {
      title: maskText(''),
      description: maskText(''),
      base: null,
      head: null,
      unlisted: 0,
      files: ['a.ts', 'b.ts', 'c.ts'].map((path) => ({ ...file, path })),
    };
    const analysed = await analyseChange(change, snapshot, analysis, { mostFindings: 15 });
    expect(analysed.findings.map((one) => one.severity)).toEqual([
      ...Array.from({ length: 12 }, () => 'critical'),
      ...Array.from({ length: 3 }, () => 'low'),
    ]);
    expect(analysed.coverage.map(({ path, status, reasonCode }) => [path, status, reasonCode])).toEqual([
      ['a.ts', 'clipped', 'MANY_FINDINGS'],
      ['b.ts', 'reviewed', null],
      ['c.ts', 'reviewed', null],
    ]);
    // Nine short lines count as 600 characters.
    const short = await analyseChange(change, snapshot, analysis, { mostText: 700 });
    expect(short.coverage.map(({ reasonCode }) => reasonCode)).toEqual([null, null, 'TOO_MUCH_TEXT']);
  });
});
