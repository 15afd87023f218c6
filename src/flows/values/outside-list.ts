import { functionAt } from '../../languages/enclosing.ts';
import type { Expression, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { type Frame, type Run, spendOnText } from '../run/run.ts';
import { matchCall } from '../uses/match-uses.ts';
import type { Length } from './length.ts';
import type { Home, Value } from './value.ts';

/** `make([]byte, 4, 8)` of Go. Null: it is none, or how long it is is not constant. */
export function lengthOfMade(
  run: Run,
  frame: Frame,
  { of, arguments: given }: Extract<Expression, { kind: 'call' }>,
): Length | null {
  const isMake = frame.closure.home.module.language === 'go' && of.kind === 'name' && of.name === 'make';
  const [, size, most] = given;
  if (!isMake || !size) return null;
  const [items, reach = items] = [size, most].flatMap((one) => (one ? [run.evaluate(frame, one.value).constant] : []));
  return typeof items === 'number' && typeof reach === 'number' ? { items, most: reach } : null;
}

/** `make(chan string)` of Go: nothing that was sent yet. */
export function isChannelMade(
  { closure: { home } }: Frame,
  { of, arguments: [first] }: Extract<Expression, { kind: 'call' }>,
): boolean {
  if (home.module.language !== 'go' || of.kind !== 'name' || of.name !== 'make' || !first) return false;
  return /^(?:<-\s*)?chan\b/.test(home.text.slice(first.value.span[0], first.value.span[0] + 12));
}

/** `[]int{1, 2}`, `[4]int{1}`, `[...]int{1, 2}` of Go. */
export function withLength(list: Value, home: Home, { items, span }: Extract<Expression, { kind: 'list' }>): Value {
  if (home.module.language !== 'go') return list;
  const [, said] = /^\[\s*(\d*|\.\.\.)\s*\]/.exec(home.text.slice(...span)) ?? [];
  if (said === undefined) return list;
  const length = /^\d/.test(said) ? Number(said) : items.length;
  return { ...list, length: { items: length, most: length } };
}

/**
 * An item, or a part, of a list that ends before it: the program panics there. Only of a list that the function itself has made, and
 * nowhere asks for its length, nor gives away its address: `json.Unmarshal(body, &list)`, `list := &List{}`.
 */
export function matchOutside(
  run: Run,
  frame: Frame,
  of: Expression,
  span: Span,
  { length }: Value,
  by: readonly Value[],
): void {
  const { home } = frame.closure;
  if (!length || of.kind !== 'name') return;
  const written = home.text.slice(of.span[1], span[1]);
  // Of a loop only what stands there as a number: how often it runs is not known.
  if (frame.inLoop && !/^\s*\[[\s\d:]*\]$/.test(written)) return;
  const isPart = written.includes(':');
  const beginsOpen = /^\s*\[\s*:/.test(written);
  const isOutside = by.some(({ constant }, index) => {
    if (typeof constant !== 'number') return false;
    if (!isPart) return constant >= length.items || constant < 0;
    // `x[5:]` ends where the list ends.
    const isOnlyLow = by.length === 1 && !beginsOpen && index === 0;
    return constant > (isOnlyLow ? length.items : length.most) || constant < 0;
  });
  if (!isOutside || !isOwnList(run, home, of.name, span)) return;
  const call = { kind: 'call' as const, of, arguments: [], made: false, span };
  const args = { list: [...by], named: new Map(), self: null };
  matchCall(run, frame, { call, receiver: null, method: '', name: '#outside', args });
}

/** The function around a place has made it, and does nothing that an item more may come of. */
function isOwnList(run: Run, home: Home, name: string, span: Span): boolean {
  const form = functionAt(home.module, span);
  if (!form || form.id === 0) return false;
  const known = ownLists(form);
  const told = known.get(name);
  if (told !== undefined) return told;
  const around = home.text.slice(...form.span);
  if (!spendOnText(run, around)) return false;
  const made = new RegExp(`\\b${name}\\b(?:, *\\w+)*\\s*:?=(?!=)|\\bvar ${name}\\b`);
  const asked = new RegExp(`\\b(?:len|cap)\\(\\*?${name}\\)|&${name}\\b|\\b${name}\\b[^\\n=]*=\\s*(?:&|new\\()`);
  const is = made.test(around) && !asked.test(around);
  known.set(name, is);
  return is;
}

const ownLists = memo(() => new Map<string, boolean>());
