import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../../src/scope/coverage.ts';
import { cleanText } from '../../src/text/clean-value.ts';
import { finding } from '../support/finding.ts';
import { hostileText } from '../support/hostile-text.ts';
import { makeDelivery, openQueue } from '../support/open-queue.ts';

describe.each(['pglite', 'postgres'] as const)('hostile text on %s', (kind) => {
  it('is stored by the run store and the queue, and nothing but half characters and NUL is lost of it', async () => {
    const { store, enqueue } = await openQueue(kind);
    await enqueue(makeDelivery('first'));
    const run = await store.openRun('1', { headSha: 'head', baseRef: 'main' });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const reviewed = {
          agent: 'backend-dev',
          head: 'head',
          base: 'base',
          baseRef: 'main',
          key: text,
          complete: true,
          checkRunId: null,
          files: {},
        };
        const coverage = { files: [], unlisted: 0, model: { status: 'off' as const, reason: text, usage: NO_USAGE } };
        const judged = {
          findings: [finding({ title: text, evidence: text })],
          refuted: [],
          confirmed: [],
          coverage,
          hunks: { [text]: [] },
          scope: { kind: 'all' as const, reason: null, since: text },
          notes: [text],
          carried: [text],
          renames: { [text]: text },
          disproved: [{ path: text, id: text, reason: text }],
          reviewed,
        };
        await store.saveRun('1', { ...run, stage: 'judged', data: { ...run.data, judged } });
        const read = (await store.openRun('1', { headSha: 'head', baseRef: 'main' })).data.judged;
        const clean = cleanText(text);
        expect(read?.findings[0]).toMatchObject({ title: clean, evidence: clean });
        expect([read?.renames, read?.notes, read?.reviewed.key]).toEqual([{ [clean]: clean }, [clean], clean]);
        await store.recordError(run, text.repeat(20), false);
        number += 1;
        const delivery = makeDelivery(`guid ${number}`, 2, text);
        expect(await enqueue(delivery)).toBe('queued');
        const pending = await store.readPending('2');
        expect(pending?.triggers.at(-1)?.trigger).toMatchObject({ login: clean });
      }),
      { numRuns: 25 },
    );
  });
});
