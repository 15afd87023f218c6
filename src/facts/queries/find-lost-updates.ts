import { codeOf } from '../../text/code-of.ts';
import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { FactPlace, Facts } from '../facts.ts';
import { HELD } from './find-overwrites.ts';

/** Code that never runs twice at the same time. */
const ALONE =
  /cron|schedul|migrat|seed|script|backfill|\bcli\b|cleanup|clean_?up|recalc|recount|rebuild|reset|import|fixture|sync/i;
/** A statement that locks rows, and no more. */
const LOCKS_ROW =
  /\bfor\s+(?:no\s+key\s+)?update\b|select_for_update|with_for_update|\block:\s*\{\s*mode:\s*['"]pessimistic_write['"]\s*\}|pessimistic_?write|\.forUpdate\(|LOCK\.UPDATE|\bclause\.Locking\{[^{}\n]*UPDATE[^{}\n]*\}/i;

/** The row that was read before is filled anew. */
const READS_AGAIN = /\brefresh(?:_from_db)?\(|\.re(?:load|fetch)\(/;

type Overwrite = Facts['overwrites'][number];

/** A number that two requests read, and of whose changes only the last one stays. */
export const findLostUpdates: FindFacts = ({ overwrites }, read) =>
  overwrites.filter((one) => !HELD.test(codeOf(read(one.within))) && !isAlone(one)).map(tell);

/** The row is locked, and then what was read of it before is written back: who held the lock meanwhile has changed it. */
export const findLateLocks: FindFacts = ({ overwrites }, read) =>
  overwrites.filter((one) => isLockedLate(one, read) && !isAlone(one)).map(tell);

function isLockedLate({ within, read: from, written }: Overwrite, read: ReadPlace): boolean {
  if (from.path !== within.path || written.path !== within.path || written.startLine <= from.endLine) return false;
  const textOf = (startLine: number, endLine: number): string =>
    startLine > endLine ? '' : read({ path: within.path, startLine, endLine });
  const between = textOf(from.endLine + 1, written.startLine - 1);
  if (READS_AGAIN.test(between)) return false;
  const rest = [textOf(within.startLine, from.endLine), textOf(written.startLine, within.endLine)];
  return (
    LOCKS_ROW.test(between) &&
    ![...rest, between.replace(new RegExp(LOCKS_ROW, 'gi'), '')].some((one) => HELD.test(one))
  );
}

function isAlone({ function: name, place }: Overwrite): boolean {
  return ALONE.test(`${name} ${place.path}`);
}

function tell({ value, read: from, written, function: symbol, place }: Overwrite): FactHit {
  return {
    place,
    last: lastOf(place, written),
    symbol,
    values: { VALUE: value, READ: String(from.startLine), WRITTEN: String(written.startLine) },
  };
}

/** The write that goes over that of others stands right below mostly, and belongs to what is shown. */
const MOST_BELOW = 3;

function lastOf(place: FactPlace, written: FactPlace): number {
  const isBelow = written.path === place.path && written.startLine > place.startLine;
  return isBelow && written.startLine - place.startLine <= MOST_BELOW ? written.startLine : place.startLine;
}
