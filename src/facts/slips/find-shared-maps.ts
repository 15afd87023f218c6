import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { blocksOf, partsOfStatement, visitOne } from '../../languages/visit-expressions.ts';
import { type Call, textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** Names of things that synchronise goroutines. */
export const APART = /\.(?:R?Lock|Store|LoadOrStore|Swap|CompareAndSwap)\(|[oO]nce\w*\.Do\(|atomic\./;

/** The most goroutines of one function: the text of each is searched. */
const MOST_ASKED = 50;

/** A map, or a list, of the function around, which goroutines that are begun in a loop write without a lock. */
export function findSharedMaps(home: Home): FoundSlip[] {
  if (home.module.language !== 'go' || !/\bgo\s+func|\.Go\(|\.Submit\(/.test(home.text)) return [];
  const found: FoundSlip[] = [];
  for (const form of home.module.functions) {
    let asked = 0;
    visitLoops(form.body, false, (call) => {
      const inner = asked < MOST_ASKED ? innerOf(home, call) : null;
      if (!inner) return;
      asked += 1;
      found.push(...writesOf(home, form, inner));
    });
  }
  return found;
}

/** Calls in loops that begin a goroutine. */
function visitLoops(body: readonly Statement[], inLoop: boolean, visit: (call: Call) => void): void {
  for (const one of body) {
    if (inLoop)
      for (const part of partsOfStatement(one))
        visitOne(part, (each) => {
          if (each.kind !== 'call') return;
          const begins = one.kind === 'do' && one.when === 'go' && each === one.value;
          if (begins || /^(?:Go|TryGo|Submit)$/.test(calledName(each.of))) visit(each);
        });
    visitLoops(blocksOf(one), inLoop || one.kind === 'loop', visit);
  }
}

function innerOf(home: Home, call: Call): FunctionForm | null {
  const given =
    call.of.kind === 'function' ? call.of : call.arguments.find(({ value }) => value.kind === 'function')?.value;
  return given?.kind === 'function' ? (home.module.functions[given.id] ?? null) : null;
}

/** How the function around has made it. */
const MADE = {
  map: (name: string) => new RegExp(`\\b${name}\\b\\s*:?=\\s*(?:make\\(\\s*map\\b|map\\[)|\\bvar\\s+${name}\\s+map\\[`),
  list: (name: string) =>
    new RegExp(`\\b${name}\\b\\s*:?=\\s*(?:make\\(\\s*\\[\\]|\\[\\])|\\bvar\\s+${name}\\s+\\[\\]`),
  number: (name: string) =>
    new RegExp(
      `\\b${name}\\b\\s*:=\\s*(?:\\d|u?int\\d*\\(|float64\\()|\\bvar\\s+(?:\\w+, )*${name}\\b(?:, \\w+)*\\s+(?:u?int|float)\\d*\\b`,
    ),
};

function writesOf(home: Home, outer: FunctionForm, inner: FunctionForm): FoundSlip[] {
  const text = textOf(home, inner.span);
  if (APART.test(text)) return [];
  const before = home.text.slice(outer.span[0], inner.span[0]);
  if (isOneAtATime(home, outer, inner, { before, text })) return [];
  const found: FoundSlip[] = [];
  const note = (name: string, span: Span, what: keyof typeof MADE): void => {
    const own = new RegExp(`\\b${name}\\b[^\\n=]*:=|\\bvar\\s+${name}\\b`);
    if (found.length > 0 || own.test(text) || inner.parameters.some((one) => one.name === name)) return;
    const made = MADE[what](name);
    if (!made.test(before) || isOfRound(home, outer, inner, name)) return;
    found.push({
      kind: 'shared-map-written',
      home,
      form: outer,
      span,
      names: { NAME: name, WHAT: what },
    });
  };
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'set' && one.target.kind === 'index' && one.target.of.kind === 'name')
        note(one.target.of.name, one.span, 'map');
      if (one.kind === 'set' && one.target.kind === 'name' && isAppend(one.value, one.target.name))
        note(one.target.name, one.span, 'list');
      // `count++`, `sum += n`
      if (one.kind === 'set' && one.target.kind === 'name' && /^\w+(?:\+\+|--| [-+]= )/.test(textOf(home, one.span)))
        note(one.target.name, one.span, 'number');
      visitAll(blocksOf(one));
    }
  };
  visitAll(inner.body);
  return found;
}

/** `g.SetLimit(1)`; `slot <- struct{}{}` of a channel that holds one; `<-done` behind it in the round that began it. */
function isOneAtATime(
  home: Home,
  outer: FunctionForm,
  inner: FunctionForm,
  { before, text }: { before: string; text: string },
): boolean {
  if (/\.SetLimit\(1\)/.test(before)) return true;
  const [, slot] = /^[ \t]*(\w+) <- /m.exec(text) ?? [];
  if (slot && new RegExp(`\\b${slot}\\s*:?=\\s*make\\(chan [^,\\n]{1,80}, 1\\)`).test(before)) return true;
  const round = loopsAround(outer, inner).at(-1);
  return (
    round !== undefined &&
    /^[ \t]*(?:[\w, ]+ :?= )?<-\w+[ \t]*$|\.Wait\(\)/m.test(home.text.slice(inner.span[1], round.span[1]))
  );
}

/** The outermost first. */
function loopsAround(outer: FunctionForm, inner: FunctionForm): Statement[] {
  const found: Statement[] = [];
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.span[0] > inner.span[0] || inner.span[1] > one.span[1]) continue;
      if (one.kind === 'loop') found.push(one);
      visitAll(blocksOf(one));
    }
  };
  visitAll(outer.body);
  return found;
}

/** It is made in the loop itself: each goroutine has its own. */
function isOfRound(home: Home, outer: FunctionForm, inner: FunctionForm, name: string): boolean {
  const own = new RegExp(`\\b${name}\\b\\s*:=|\\bvar\\s+${name}\\b`);
  return loopsAround(outer, inner).some(({ span }) => own.test(home.text.slice(span[0], inner.span[0])));
}

function isAppend(value: Expression, name: string): boolean {
  const [first] = value.kind === 'call' && calledName(value.of) === 'append' ? value.arguments : [];
  return first?.value.kind === 'name' && first.value.name === name;
}
