import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Language, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { listBlocks } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import { flat } from './flat.ts';
import { leavingIn } from './leaving-in.ts';
import { MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** Calls that give something which must be given back. */
const TAKES: Readonly<Record<Language, RegExp>> = {
  go: /^(?:Acquire|Conn|Connx|Open|OpenFile|OpenRoot|Create|CreateTemp|Dial|DialContext|DialTimeout|DialTLS|[Ll]ock\w*|AcquireLock|acquire\w*|borrow\w*|Borrow\w*|Checkout|Reserve)$/,
  python: /^(?:open|acquire|getconn|get_connection|connect|raw_connection|mkstemp|borrow|checkout|urlopen)$/,
  typescript: /^(?:open|openSync|opendir|acquire|acquireLock|lock|borrow|checkout|reserve)$/,
};
/** What gives it back, of the thing itself or by its name. */
const ENDS = /^(?:Release|Close|Unlock|Return|Free|release|close|closeSync|unlock|putconn|end|destroy|free)$/;
/** `unlock := s.lock(id)`: a function that gives it back. */
const UNDOES = /^(?:release|unlock|free|dispose|giveBack)\w*$/i;
/** A call that gives something back, behind the path of what it is called on, of so many characters. */
const ENDING = new RegExp(`\\.${ENDS.source.slice(1, -1)}\\(`, 'g');
const FARTHEST = 80;
/** A name that is given to a call, or stands behind a sign, or is called itself. */
const HANDS = /(?:[(,]\s*&?(?=\w+\s*[,)])|[=:]\s*&?(?=\w+(?:\s*[,;}\n]|$))|^\s*(?=\w+\(\)))(\w+)/g;

/** The most statements between both that are looked at. */
const MOST_BETWEEN = 300;
/** The most findings of one file. */
const MOST = 100;

/** A return between taking something and the only place that gives it back. */
export function findSkippedReleases(home: Home): FoundSlip[] {
  if (!/\b(?:[rR]elease|[cC]lose(?:Sync)?|[uU]nlock\w*|putconn|[fF]ree)\(/.test(home.text)) return [];
  const found: FoundSlip[] = [];
  const handed = memo((one: Statement) => handedOn(home, one));
  for (const form of home.module.functions)
    if (form.id !== 0) findIn({ home, form, handed, found, looks: 0 }, form.body);
  return found;
}

/** What is known while one function is looked at. */
interface Look {
  home: Home;
  form: FunctionForm;
  /** The names that a statement hands on. */
  handed: (one: Statement) => ReadonlySet<string>;
  found: FoundSlip[];
  /** For so many returns the whole function was searched. */
  looks: number;
}

interface Taken {
  name: string;
  call: Extract<Expression, { kind: 'call' }>;
}

function findIn(look: Look, written: readonly Statement[]): void {
  const { home, found } = look;
  const body = home.module.language === 'go' ? flat(written) : written;
  const parts = new Map<string, Taken['call']>();
  body.forEach((one, index) => {
    const taken = takenBy(home, one, parts);
    const near = taken && found.length < MOST ? body.slice(index + 1, index + 1 + MOST_BETWEEN) : [];
    const slip = taken && skippedIn(look, near, taken);
    if (slip) found.push(slip);
    for (const block of listBlocks(one)) findIn(look, block);
  });
}

/** `f, err := os.Open(path)` is a list that is taken apart. */
function takenBy(home: Home, one: Statement, parts: Map<string, Taken['call']>): Taken | null {
  if (one.kind !== 'set' || one.target.kind !== 'name') return null;
  const { name } = one.target;
  const value = one.value.kind === 'await' ? one.value.of : one.value;
  const isPart =
    value.kind === 'index' && value.of.kind === 'name' && value.by.kind === 'value' && value.by.value === 0;
  const call =
    value.kind === 'call' ? value : isPart && value.of.kind === 'name' ? parts.get(value.of.name) : undefined;
  if (!call) return null;
  if (name.startsWith('$')) {
    parts.set(name, call);
    return null;
  }
  return TAKES[home.module.language].test(calledName(call.of)) && /^\w{1,60}$/.test(name) ? { name, call } : null;
}

function skippedIn(look: Look, near: readonly Statement[], { name, call }: Taken): FoundSlip | null {
  const { home, form, handed } = look;
  const end = near.findIndex((one) => givesBack(home, one, name));
  if (end < 0) return null;
  const left = leavingIn(near.slice(firstOwn(home, near, name), end), (one) => handed(one).has(name));
  if (!left || look.looks++ >= MOST_LOOKS || isGivenElsewhere(home, form, name, near[end]?.span ?? call.span))
    return null;
  return {
    kind: 'release-skipped',
    home,
    form,
    span: left.span,
    suspected: true,
    names: {
      NAME: name,
      CALL: textOf(home, call.of.span).replace(/\s+/g, ''),
      ENDS: endOf(home, near[end], name),
      LINE: call.span,
      FREED: near[end]?.span ?? call.span,
    },
  };
}

/** The first statement behind the question whether it was got: `if err != nil { return err }`. */
function firstOwn(home: Home, near: readonly Statement[], name: string): number {
  const at = near.findIndex((one) => one.kind !== 'set' || one.value.kind !== 'index');
  const one = near[at];
  if (one?.kind !== 'if') return Math.max(at, 0);
  const test = textOf(home, one.test.span);
  return /\berr\w*\b|\w*Err\b|\bok\b/.test(test) || new RegExp(`\\b${name}\\b`).test(test) ? at + 1 : at;
}

/** Names that are said other than to ask something of them: what they stand for is given back, returned or kept there. */
function handedOn(home: Home, one: Statement): ReadonlySet<string> {
  const text = textOf(home, one.span);
  if (one.kind === 'return') return new Set(text.match(/\w+/g));
  const names = [...text.matchAll(HANDS)].map(([, given = '']) => given);
  // `f.file.Close()`
  for (const { index } of text.matchAll(ENDING))
    names.push(...(/[\w.]+$/.exec(text.slice(Math.max(0, index - FARTHEST), index))?.[0].split('.') ?? []));
  return new Set(names);
}

function givesBack(home: Home, one: Statement, name: string): boolean {
  const value = one.kind === 'do' && one.when === 'now' ? one.value : one.kind === 'set' ? one.value : null;
  const call = value?.kind === 'await' ? value.of : value;
  if (call?.kind !== 'call') return false;
  const { of } = call;
  if (of.kind === 'name') return of.name === name && UNDOES.test(name);
  if (of.kind !== 'field' || !ENDS.test(of.name)) return false;
  if (of.of.kind === 'name' && of.of.name === name) return true;
  const [first] = call.arguments;
  // `pool.putconn(conn)`, `fs.closeSync(file)`
  return first?.value.kind === 'name' && first.value.name === name && textOf(home, of.span).includes('.');
}

function endOf(home: Home, one: Statement | undefined, name: string): string {
  const text = one ? textOf(home, one.span) : '';
  return (
    /([\w.]{1,80}\([^()\n]{0,200}\))/.exec(
      text.slice(Math.max(0, text.search(new RegExp(`[\\w.]{0,80}\\b${name}\\b|\\w{1,80}\\.\\w{1,80}\\(`)))),
    )?.[1] ?? name
  );
}

/** A function that runs at the end, or another one, gives it back as well. */
function isGivenElsewhere(home: Home, form: FunctionForm, name: string, own: Span): boolean {
  const inner = (innerOf(home).get(form.id) ?? []).some((one) =>
    new RegExp(`\\b${name}\\b`).test(textOf(home, one.span)),
  );
  const text = textOf(home, [form.span[0], own[0]]);
  return (
    inner ||
    new RegExp(
      `\\bdefer\\b[^\\n]{0,300}\\b${name}\\b|\\bfinally\\b|\\b(?:with|using)\\b[^\\n]{0,300}\\b${name}\\b|\\bSetFinalizer\\(`,
    ).test(text)
  );
}

const innerOf = memo((home: Home) => Map.groupBy(home.module.functions, ({ parent }) => parent));
