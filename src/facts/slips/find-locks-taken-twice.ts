import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, listBlocks, partsOfStatement, visitOne } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { dirOf } from '../../text/paths.ts';
import { type Call, textOf } from './call-chain.ts';
import { flat } from './flat.ts';
import { MOST_BETWEEN, MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** A lock is taken while something stands, or let go of there. */
interface Step {
  does: 'lock' | 'read-lock' | 'unlock';
  /** Of the object itself: `this.mu`, or a name of the package. */
  on: string;
}

interface Method {
  home: Home;
  form: FunctionForm;
  /** What stands for the object in it. */
  self: string | null;
  /** What it is asked to do, it does while it holds the lock. */
  isHolder?: true;
}

const LOCKS: Readonly<Record<string, Step['does']>> = {
  Lock: 'lock',
  RLock: 'read-lock',
  Unlock: 'unlock',
  RUnlock: 'unlock',
  acquire: 'lock',
  release: 'unlock',
};
/** So many calls away. */
const FARTHEST = 3;
/** What is written of a lock is a short path of names. */
const MOST_NAME = 80;
const FREES = /\.(?:R?Unlock|release|(?<tries>TryLock))\(/g;

/** What is known of calls while one program is looked at: from a function, by the lock that is held. */
interface Look {
  program: readonly Home[];
  ways: Map<FunctionForm, Map<string, Method[] | null>>;
  /** What is being looked into: whoever calls itself adds nothing. */
  open: Set<FunctionForm>;
}

/** While a lock is held, something is called that takes the same one: nobody ever lets go of it. */
export function findLocksTakenTwice(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  const look: Look = { program, ways: new Map(), open: new Set() };
  return homes.flatMap((home) => {
    const { language } = home.module;
    if (language === 'typescript' || !/\.(?:R?Lock|acquire)\(|\bwith\s+[\w.]*lock/i.test(home.text)) return [];
    const found: FoundSlip[] = [];
    for (const method of methodsOf(home))
      for (const { step, taken, body } of heldIn(method)) {
        if (!isPlain(method, step.on)) continue;
        for (const call of callsIn({ ...method, isHolder: true }, body)) {
          const way = wayTo(method, call, step, look, FARTHEST);
          if (!way) continue;
          const last = way.at(-1);
          found.push({
            kind: 'lock-taken-twice',
            home,
            form: method.form,
            span: call.span,
            also: way.map(({ home: at, form }) => ({ home: at, span: form.span })),
            names: {
              LOCK: step.on.replace(/^this\b/, method.self ?? 'this'),
              LINE: taken,
              CALL: textOf(home, call.of.span),
              TAKES: last?.form.name ?? '',
              WHERE: last?.home.path ?? '',
            },
          });
          break;
        }
      }
    return found;
  });
}

const methodsOf = memo((home: Home): readonly Method[] =>
  home.module.functions
    .filter(({ id, name }) => id !== 0 && name !== '')
    .map((form) => ({
      home,
      form,
      self:
        home.module.language === 'go'
          ? form.receiver === null
            ? null
            : (form.parameters[0]?.name ?? null)
          : form.owner === null
            ? null
            : 'self',
    })),
);

interface Held {
  step: Step;
  taken: Span;
  body: readonly Statement[];
}

/** What runs while a lock of the function itself is held: of the first ones, as each is followed to its end. */
function heldIn(method: Method): Held[] {
  const { home, form } = method;
  const found: Held[] = [];
  const visit = (written: readonly Statement[]): void => {
    const body = home.module.language === 'go' ? flat(written) : written;
    body.forEach((one, index) => {
      const step = found.length < MOST_LOOKS ? stepOf(method, one) : null;
      if (step?.does === 'lock' || step?.does === 'read-lock') {
        if (one.kind === 'block') found.push({ step, taken: one.span, body: one.body });
        else found.push({ step, taken: one.span, body: untilFreed(method, body.slice(index + 1), step.on) });
      }
      for (const block of listBlocks(one)) visit(block);
    });
  };
  visit(form.body);
  return found;
}

/** Up to the first statement in which it is let go of. */
function untilFreed(method: Method, behind: readonly Statement[], on: string): readonly Statement[] {
  const frees = freesIn(method.home).get(writtenIn(method, on)) ?? [];
  const end = behind.findIndex((one) => !(one.kind === 'do' && one.when === 'defer') && isAmong(frees, one.span));
  return end < 0 ? behind : behind.slice(0, end);
}

function writtenIn({ self }: Method, on: string): string {
  return on.replace(/^this\b/, self ?? 'this');
}

/** Where a file lets go of a lock, by what is written of it: `s.mu`, or only `mu`. One look at the text serves all its locks. */
const freesIn = memo((home: Home): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  for (const { index, groups } of home.text.matchAll(FREES)) {
    const [path = ''] = /[\w.]+$/.exec(home.text.slice(Math.max(0, index - MOST_NAME), index)) ?? [];
    const parts = path.split('.');
    for (let from = 0; from < parts.length; from++) {
      const key = `${parts.slice(from).join('.')}${groups?.tries ? TRIED : ''}`;
      const known = found.get(key);
      if (known) known.push(index);
      else found.set(key, [index]);
    }
  }
  return found;
});
const TRIED = ' tried';

/** Whether one of these places, which stand in order, lies within a span. */
function isAmong(places: readonly number[], [start, end]: Span): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (places[low] ?? end) < end;
}

function stepOf(method: Method, one: Statement): Step | null {
  if (one.kind === 'block' && one.holds) {
    const of = one.holds.kind === 'await' ? one.holds.of : one.holds;
    const on = onOf(method, of);
    return on !== null && /lock|mutex/i.test(on) ? { does: 'lock', on } : null;
  }
  if (one.kind !== 'do' || one.when !== 'now') return null;
  return stepOfCall(method, one.value);
}

function stepOfCall(method: Method, value: Expression): Step | null {
  const call = value.kind === 'await' ? value.of : value;
  if (call.kind !== 'call' || call.of.kind !== 'field' || call.arguments.length > 0) return null;
  const does = Object.hasOwn(LOCKS, call.of.name) ? LOCKS[call.of.name] : undefined;
  const isGo = method.home.module.language === 'go';
  const on = does && isGo === /^[A-Z]/.test(call.of.name) ? onOf(method, call.of.of) : null;
  return does && on !== null ? { does, on } : null;
}

/** `s.mu` of a method of `s` is `this.mu`; a local name is none. */
function onOf({ home, self }: Method, of: Expression): string | null {
  const written = textOf(home, of.span).replace(/\s+/g, '');
  if (!/^[\w.]{1,80}$/.test(written)) return null;
  const [first] = written.split('.');
  if (self !== null && first === self) return `this${written.slice(self.length)}`;
  return written.includes('.') ? null : written;
}

/** A lock that its own holder cannot take again, of the object or of the file. */
function isPlain({ home, form }: Method, on: string): boolean {
  const isGo = home.module.language === 'go';
  if (isGo && on.startsWith('this')) return true;
  const name = on.replace(/^this\.?/, '');
  const known = madePlain(home);
  // For each name the file is read once.
  if (!known.has(name) && known.size < MOST_LOOKS) known.set(name, isMadePlain(home, name));
  if (!known.get(name)) return false;
  const here = new RegExp(`\\b${escapeRegExp(name)}\\b[^\\n]{0,${MOST_BETWEEN}}(?:sync\\.|:=)`);
  return !isGo || !here.test(textOf(home, form.span));
}

const madePlain = memo<Home, Map<string, boolean>>(() => new Map());

function isMadePlain({ text, module }: Home, written: string): boolean {
  const name = escapeRegExp(written);
  if (module.language === 'go')
    return new RegExp(`\\b${name}\\s{1,20}(?:=\\s{0,20})?&?sync\\.(?:RW)?Mutex\\b`).test(text);
  const made = new RegExp(
    `\\b${name}\\b\\s{0,20}(?::[^=\\n]{1,${MOST_BETWEEN}})?=\\s{0,20}(?:\\w{1,${MOST_NAME}}\\.)?\\w{1,${MOST_NAME}}\\(`,
  ).exec(text);
  return made !== null && /=\s*(?:threading\.|asyncio\.|multiprocessing\.)?Lock\($/.test(made[0]);
}

/** The calls on the object itself, or of functions of the package, that run there and then. */
function callsIn({ home, self, form, isHolder }: Method, body: readonly Statement[]): Call[] {
  const found: Call[] = [];
  const given = namesGiven(form);
  const visit = (all: readonly Statement[]): void => {
    for (const one of all) {
      if (one.kind === 'do' && one.when !== 'now') continue;
      // `if locked { … }`: whoever calls decides.
      const isAsked =
        !isHolder &&
        one.kind === 'if' &&
        (textOf(home, one.test.span).match(/\w+/g) ?? []).some((word) => word !== self && given.has(word));
      for (const part of partsOfStatement(one))
        visitOne(part, (each) => {
          if (each.kind !== 'call') return;
          const { of } = each;
          if (
            of.kind === 'name' ||
            (of.kind === 'field' && of.of.kind === 'name' && (of.of.name === self || of.of.name === 'this'))
          )
            found.push(each);
        });
      if (!isAsked) visit(blocksOf(one));
    }
  };
  visit(body);
  return found;
}

const namesGiven = memo((form: FunctionForm): ReadonlySet<string> => new Set(form.parameters.map(({ name }) => name)));

/** The functions from a call to the one that takes the lock; null: it is not known that one does. */
function wayTo(from: Method, call: Call, held: Step, look: Look, left: number): Method[] | null {
  const next = left > 0 ? methodCalled(from, call, held, look.program) : null;
  if (!next || next.form === from.form || look.open.has(next.form)) return null;
  const key = `${held.does} ${held.on} ${left}`;
  const known = look.ways.get(next.form) ?? new Map<string, Method[] | null>();
  look.ways.set(next.form, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  // Each lock that is held reads the function anew.
  if (known.size >= MOST_LOOKS) return null;
  look.open.add(next.form);
  const way = wayIn(next, held, look, left - 1);
  look.open.delete(next.form);
  const whole = way && [next, ...way];
  known.set(key, whole);
  return whole;
}

function wayIn(next: Method, held: Step, look: Look, left: number): Method[] | null {
  for (const one of next.home.module.language === 'go' ? flat(next.form.body) : next.form.body) {
    const step = stepOf(next, one);
    if (step?.on === held.on && (step.does === 'lock' || (step.does === 'read-lock' && held.does === 'lock')))
      return [];
    if (isFreedIn(next, one, held.on)) return null;
    for (const each of callsIn(next, [one])) {
      const way = wayTo(next, each, held, look, left);
      if (way) return way;
    }
    // What stands behind a way out may not run.
    if (one.kind === 'return' || one.kind === 'throw') return null;
  }
  return null;
}

function isFreedIn(method: Method, { span }: Statement, on: string): boolean {
  const frees = freesIn(method.home);
  const written = writtenIn(method, on);
  return (
    [written, `${written}${TRIED}`].some((key) => isAmong(frees.get(key) ?? [], span)) &&
    !/^defer\b/.test(method.home.text.slice(span[0], span[0] + 6))
  );
}

function methodCalled({ home, form }: Method, { of }: Call, held: Step, program: readonly Home[]): Method | null {
  const isOwn = of.kind === 'field';
  // A lock of the object itself: only what is called on that object has it.
  if (held.on.startsWith('this') && !isOwn) return null;
  const owner = isOwn ? (form.receiver ?? (form.owner === null ? null : String(form.owner))) : '';
  if (owner === null) return null;
  const key = `${owner}.${calledName(of)}`;
  const all =
    home.module.language === 'go' ? inPackages(program).get(`${dirOf(home.path)} ${key}`) : inFile(home).get(key);
  return all?.length === 1 ? (all[0] ?? null) : null;
}

function keyOf({ form }: Method): string {
  return `${form.receiver ?? form.owner ?? ''}.${form.name}`;
}

const inFile = memo((home: Home) => Map.groupBy(methodsOf(home), keyOf));

const inPackages = memo((program: readonly Home[]) =>
  Map.groupBy(
    program.filter(({ module, path }) => module.language === 'go' && !path.endsWith('_test.go')).flatMap(methodsOf),
    (one) => `${dirOf(one.home.path)} ${keyOf(one)}`,
  ),
);
