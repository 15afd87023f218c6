import { memo } from '../../languages/memo.ts';
import { codeOf } from '../../text/code-of.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FactsBefore } from '../fact-hit.ts';
import type { PlacedFunction } from '../facts.ts';
import { FORBIDS } from './subjects.ts';

/** A function that only decides is short, and there are not many of one name. */
const LONGEST = 40;
const MOST = 4;

/** It does something besides. */
const DOES =
  /(?<![\w$])(?:[iI]nsert|[cC]reate|[uU]pdate|[dD]elete|[rR]emove|[dD]estroy|[sS]ave|[pP]ut|[uU]psert|[mM]ove|[rR]ename|[pP]ublish|[eE]xecute)\w*\(|\.(?:add|push|[sS]et|post|patch|request|Do)\(|\bfetch\(|\b(?:axios|got|ky|requests|httpx)\b|http\.(?:Get|Post|New)/;
/** Another service refused us. */
const ASKS = /[=!]==?\s*(?:http\.Status\w+|40[13])\b|\bcase\b/;
const THROWS = /\bthrow\b|\braise\b|\babort\(|\bpanic\(/;

const byName = memo((all: readonly PlacedFunction[]) => Map.groupBy(all, ({ name }) => lastPart(name)));

/**
 * A function of the program that tells people they may not, and does nothing else: whatever it is called, whoever calls it asks whether
 * somebody may. All functions of its name must do so.
 *
 * @param how `throws`: it ends its caller as well, so that nobody has to look at what it gives
 */
export function forbidsItself(name: string, before: FactsBefore, how: 'answers' | 'throws'): boolean {
  const found = byName(before.functions.base).get(lastPart(name)) ?? [];
  return (
    found.length > 0 &&
    found.length <= MOST &&
    found.every(({ place }) => {
      if (place.endLine - place.startLine > LONGEST) return false;
      // The first line names the function.
      const code = codeOf(before.read(place)).replace(/^[^\n]*\n/, '');
      const lines = code.split('\n');
      return (
        lines.some((line) => FORBIDS.test(line) && !ASKS.test(line) && (how === 'answers' || THROWS.test(line))) &&
        !lines.some((line) => DOES.test(line) && !FORBIDS.test(line))
      );
    })
  );
}
