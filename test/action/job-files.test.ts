import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOutputs, writeReportFile, writeSummary } from '../../src/action/job-files.ts';
import { renderJobSummary } from '../../src/action/render-job-summary.ts';
import { COVERAGE, finding } from '../support/finding.ts';
import { makeTempDir } from '../support/temp.ts';

describe('the files of a job', () => {
  it('a value ends no output but its own', () => {
    const file = join(makeTempDir(), 'output');
    writeFileSync(file, '');
    let count = 0;
    writeOutputs(file, { sarif: 'x\nEOF\nend-word1\nfindings=99', findings: '1' }, () => `word${++count}-unguessable`);
    expect(readFileSync(file, 'utf8')).toBe(
      'sarif<<end-word1-unguessable\nx\nEOF\nend-word1\nfindings=99\nend-word1-unguessable\n' +
        'findings<<end-word2-unguessable\n1\nend-word2-unguessable\n',
    );
    writeOutputs(null, { findings: '1' }, () => 'word');
    writeSummary(null, 'x');
  });

  it('a report is written into the workspace or the temporary folder, and through no link of what is checked out', () => {
    const [workspace, temp, outside] = [makeTempDir(), makeTempDir(), makeTempDir()];
    const at = { workspace, temp };
    mkdirSync(join(workspace, 'reports'));
    writeFileSync(join(outside, 'kept'), 'as it was');
    symlinkSync(join(outside, 'kept'), join(workspace, 'link.sarif'));
    symlinkSync(outside, join(workspace, 'folder'));
    expect(readFileSync(writeReportFile('reports/a.sarif', 'text', at), 'utf8')).toBe('text');
    expect(readFileSync(writeReportFile(join(temp, 'a.sarif'), 'text', at), 'utf8')).toBe('text');
    mkdirSync(join(workspace, '..reports'));
    expect(readFileSync(writeReportFile('..reports/a.sarif', 'text', at), 'utf8')).toBe('text');
    for (const path of ['link.sarif', 'folder/kept', '../kept', join(outside, 'kept'), 'nowhere/a.sarif'])
      expect(() => writeReportFile(path, 'stolen', at), path).toThrow(/sarif-file/);
    expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('as it was');
  });
});

it('a job’s summary stays below what GitHub takes, and says what is left out', () => {
  const findings = Array.from({ length: 400 }, (_, index) =>
    finding({ path: `src/${index}.ts`, explanation: 'é'.repeat(4000), fingerprint: String(index).padStart(20, '0') }),
  );
  const report = { agent: 'backend-dev', base: null, head: null, seconds: 1, result: { findings, coverage: COVERAGE } };
  const text = renderJobSummary({
    title: 't',
    report,
    notes: ['**Nothing was posted**'],
    summary: null,
    inFull: true,
    annotations: [],
  });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
  expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
  expect(text).toMatch(/\*\d+ more do not fit here/);
  expect(text).not.toContain('<!--');
  expect(text).not.toContain('/backend-dev ');
});
