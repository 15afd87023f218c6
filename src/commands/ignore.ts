import { isOpen, type Ledger, type LedgerEntry, pathOf } from '../ledger/ledger.ts';
import { code } from '../text/markdown.ts';
import type { Command } from './command.ts';

/**
 * Remembered in our own comments, over pushes and rebases; the summary shows who and why. A finding that has no comment of ours
 * is named by its place: `ignore src/a.ts:12 REASON`.
 */
export const ignore: Command = ({ agent, argument, entry, ledger, login }) => {
  const named = entry ? { entry, reason: argument } : findByPlace(ledger, argument);
  if (!named)
    return {
      reply: `Write ${code(`/${agent.name} ignore REASON`)} in the thread of the finding, or ${code(`/${agent.name} ignore PATH:LINE REASON`)} for a finding that is only in the summary.`,
    };
  const { record } = named.entry;
  return {
    amendments: [
      {
        kind: 'ignore',
        path: pathOf(record),
        id: record.id,
        by: login,
        reason: named.reason === '' ? null : named.reason,
      },
    ],
  };
};

function findByPlace({ entries }: Ledger, argument: string): { entry: LedgerEntry; reason: string } | null {
  const entry = entries.find(
    ({ record, thread }) => !thread && isOpen(record) && isNamed(argument, `${record.path}:${record.line}`),
  );
  if (!entry) return null;
  const { path, line } = entry.record;
  return { entry, reason: argument.slice(`${path}:${line}`.length).trim() };
}

/** The place and then nothing or white space: "a.ts:1" does not name "a.ts:12". */
function isNamed(argument: string, place: string): boolean {
  return argument.startsWith(place) && /^(\s|$)/.test(argument.slice(place.length));
}
