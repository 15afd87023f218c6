import { expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/command.ts';
import { fix } from '../../src/commands/fix.ts';
import { finding } from '../support/finding.ts';

const exact = finding({ suggestion: { startLine: 2, endLine: 2, replacement: 'safe();' } });

function context(texts: [string, string][], unwritable: [string, string][]): CommandContext {
  const record = { id: exact.fingerprint, path: exact.path, state: 'open', line: 2, also: [] };
  return {
    agent: { name: 'backend-dev', tools: ['Edit'], permissionMode: 'acceptEdits' },
    pull: { state: 'open', fork: false },
    ledger: { entries: [{ record, thread: null }] },
    entry: null,
    traits: { commit: { able: true } },
    analyse: async () => ({ findings: [exact], texts: new Map(texts), unwritable: new Map(unwritable) }),
  } as unknown as CommandContext;
}

it('commits to a file whose text is its bytes', async () => {
  const { commit } = await fix(context([[exact.path, 'a\r\nb\r\nc']], []));
  expect(commit?.files).toEqual([{ path: exact.path, text: 'a\r\nsafe();\r\nc' }]);
});

it('commits nothing to one that a commit would damage, and says why', async () => {
  const result = await fix(context([], [[exact.path, 'its bytes are not UTF-8, and a commit would damage them']]));
  expect(result.commit).toBeUndefined();
  expect(result.reply).toMatch(
    /^Nothing was committed\. `src\/a\.ts` is not written to, because its bytes are not UTF-8/,
  );
});
