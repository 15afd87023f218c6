import { expect, it } from 'vitest';
import type { Analyser } from '../../src/analysis/analyser.ts';
import { compareWithBase } from '../../src/analysis/compare-with-base.ts';
import { parsePatch } from '../../src/diff/patch.ts';
import { pickNew } from '../../src/findings/base-finding.ts';
import { fingerprintFindings } from '../../src/findings/fingerprint.ts';
import { finding } from '../support/finding.ts';

const BASE = 'a\nguard\nb\nc\nd\nsink\n';
const HEAD = 'a\nb\nc\nd\nsink\n';
const HUNKS = parsePatch('@@ -1,3 +1,2 @@\n a\n-guard\n b');
const SINK = finding({ trace: [], startLine: 5, endLine: 5, evidence: 'sink', snippet: 'sink' });

/** Finds `sink` where nothing guards it. `isWhole` says by the text whether it looks to its end. */
function analyser(isWhole: (text: string) => boolean): Analyser {
  return {
    name: 'fake',
    handles: () => true,
    analyse: ({ text }) =>
      isWhole(text)
        ? { findings: text.includes('guard') ? [] : [SINK], clipped: null }
        : { findings: [], clipped: 'stopped' },
  };
}

async function compare(isWhole: (text: string) => boolean) {
  const file = { path: 'a.ts', kind: 'typescript' as const, text: HEAD, hunks: HUNKS };
  const outcomes = [{ analyser: 'fake', outcome: { status: 'analysed' as const, findings: [SINK] } }];
  const one = analyser(isWhole);
  const { before, causes } = await compareWithBase([one], file, outcomes, { base: BASE, secrets: [] }, () => undefined);
  return { fresh: pickNew(fingerprintFindings([SINK]), before ?? [], HUNKS).size, causes: causes.length };
}

it('a flaw is new where the base was looked at to its end and has it not, and its cause is named', async () => {
  expect(await compare(() => true)).toEqual({ fresh: 1, causes: 1 });
});

it('a base that was not looked at to its end makes no flaw of untouched lines new', async () => {
  expect(await compare((text) => text === HEAD)).toEqual({ fresh: 0, causes: 0 });
});
