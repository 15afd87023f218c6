import { memo } from '../../languages/memo.ts';
import { codeOf } from '../../text/code-of.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FactsBefore, ReadPlace } from '../fact-hit.ts';
import type { PlacedFunction } from '../facts.ts';

const MOST = 10;

const byName = memo((all: readonly PlacedFunction[]) => Map.groupBy(all, ({ name }) => lastPart(name)));

/** The functions of the program with this name, as they are now: for `this.orders.find`, all functions named `find`. */
export function calleesOf(call: string, { functions }: FactsBefore, read: ReadPlace): string[] {
  const name = call.replace(/^.*[.?!]/, '');
  return (byName(functions.known).get(name) ?? []).slice(0, MOST).map(({ place }) => codeOf(read(place)));
}

/** Its name alone says which function it is: `drop`, `this.drop`. */
export function isOwn(call: string): boolean {
  return /^(?:(?:this|self)\.)?\w+$/.test(call);
}

/** The first lines of a function, in which its parameters and what it gives stand. */
export function headOfFunction(text: string): string {
  return (
    text
      .split('\n', 3)
      .join('\n')
      .split(/\{\s*\n|:\s*\n/, 1)[0] ?? ''
  );
}
