import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, listBlocks, partsOfStatement, visitOne } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { dirOf } from '../../text/paths.ts';
import { type Call, textOf } from './call-chain.ts';
import { flat } from './flat.ts';
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

/** What is known of calls while one program is looked at: from a function, by the lock that is held. */
interface Look {
  program: readonly Home[];
  ways: Map<FunctionForm, Map<string, Method[] | null>>;
}

/** While a lock is held, something is called that takes the same one: nobody ever lets go of it. */
export function findLocksTakenTwice(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  const look: Look = { program, ways: new Map() };
  return homes.flatMap((home) => {
    const { language } = home.module;
    if (language === 'typescript' || !/\.(?:R?Lock|acquire)\(|\bwith\s+[\w.]*lock/i.test(home.text)) return [];
    const found: FoundSlip[] = [];
    for (const method of methodsOf(home))
      for (const { step, taken, body } of heldIn(method)) {
        if (!isPlain(method, step.on)) continue;
        for (const call of callsIn({ ...method, isHolder: true }, body)) {
          const way = wayTo(method, call, step, look);
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

/** What runs while a lock of the function itself is held. */
function heldIn(method: Method): Held[] {
  const { home, form } = method;
  const found: Held[] = [];
  const visit = (written: readonly Statement[]): void => {
    const body = home.module.language === 'go' ? flat(written) : written;
    body.forEach((one, index) => {
      const step = stepOf(method, one);
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
function untilFreed({ home, self }: Method, behind: readonly Statement[], on: string): readonly Statement[] {
  const written = escapeRegExp(on.replace(/^this\b/, self ?? 'this'));
  const end = behind.findIndex(
    (one) =>
      !(one.kind === 'do' && one.when === 'defer') &&
      new RegExp(`\\b${written}\\.(?:R?Unlock|release)\\(`).test(textOf(home, one.span)),
  );
  return end < 0 ? behind : behind.slice(0, end);
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
  const does = LOCKS[call.of.name];
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
  const name = escapeRegExp(on.replace(/^this\.?/, ''));
  if (home.module.language === 'python') {
    const made = new RegExp(`\\b${name}\\b\\s*(?::[^=\\n]+)?=\\s*(?:\\w+\\.)?(?:Lock|RLock|Semaphore|\\w+)\\(`).exec(
      home.text,
    );
    return made !== null && /=\s*(?:threading\.|asyncio\.|multiprocessing\.)?Lock\($/.test(made[0]);
  }
  if (on.startsWith('this')) return true;
  return (
    new RegExp(`\\b${name}\\s+(?:=\\s*)?&?sync\\.(?:RW)?Mutex\\b`).test(home.text) &&
    !new RegExp(`\\b${name}\\b[^\\n]*(?:sync\\.|:=)`).test(textOf(home, form.span))
  );
}

/** The calls on the object itself, or of functions of the package, that run there and then. */
function callsIn({ home, self, form, isHolder }: Method, body: readonly Statement[]): Call[] {
  const found: Call[] = [];
  const given = form.parameters.map(({ name }) => name).filter((name) => name !== self);
  const visit = (all: readonly Statement[]): void => {
    for (const one of all) {
      if (one.kind === 'do' && one.when !== 'now') continue;
      // `if locked { … }`: whoever calls decides.
      const isAsked =
        !isHolder &&
        one.kind === 'if' &&
        given.some((name) => new RegExp(`\\b${name}\\b`).test(textOf(home, one.test.span)));
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

/** The functions from a call to the one that takes the lock; null: it is not known that one does. */
function wayTo(from: Method, call: Call, held: Step, look: Look): Method[] | null {
  const next = methodCalled(from, call, held, look.program);
  if (!next || next.form === from.form) return null;
  const key = `${held.does} ${held.on}`;
  const known = look.ways.get(next.form) ?? new Map<string, Method[] | null>();
  look.ways.set(next.form, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  // Whoever calls itself adds nothing.
  known.set(key, null);
  const way = wayIn(next, held, look);
  const whole = way && way.length < FARTHEST ? [next, ...way] : null;
  known.set(key, whole);
  return whole;
}

function wayIn(next: Method, held: Step, look: Look): Method[] | null {
  for (const one of next.home.module.language === 'go' ? flat(next.form.body) : next.form.body) {
    const step = stepOf(next, one);
    if (step?.on === held.on && (step.does === 'lock' || (step.does === 'read-lock' && held.does === 'lock')))
      return [];
    if (freesIn(next, one, held.on)) return null;
    for (const each of callsIn(next, [one])) {
      const way = wayTo(next, each, held, look);
      if (way) return way;
    }
    // What stands behind a way out may not run.
    if (one.kind === 'return' || one.kind === 'throw') return null;
  }
  return null;
}

function freesIn({ home, self }: Method, { span }: Statement, on: string): boolean {
  const written = escapeRegExp(on.replace(/^this\b/, self ?? 'this'));
  return (
    new RegExp(`\\b${written}\\.(?:R?Unlock|release|TryLock)\\(`).test(textOf(home, span)) &&
    !/^defer\b/.test(textOf(home, span))
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
