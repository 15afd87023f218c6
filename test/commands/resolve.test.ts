import { expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/command.ts';
import { resolve } from '../../src/commands/resolve.ts';
import { READ_ONLY, TRAITS } from '../support/finding.ts';

const entry = { thread: { id: 'T_1', resolved: false } };

it.each([
  { what: 'may', traits: TRAITS, result: { resolve: ['T_1'] } },
  { what: 'may not, and says what it lacks', traits: READ_ONLY, result: { reply: /lacks `contents: write`/ } },
])('resolves threads where the forge lets it: it $what', async ({ traits, result }) => {
  const made = await resolve({ entry, ledger: { entries: [] }, traits } as unknown as CommandContext);
  if ('resolve' in result) expect(made).toEqual(result);
  else expect(made.reply).toMatch(result.reply);
});
