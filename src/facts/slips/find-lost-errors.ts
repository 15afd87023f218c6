import type { Home } from '../../flows/values/value.ts';
import type { Expression, FunctionForm, Statement } from '../../languages/form.ts';
import { listBlocks } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import { flat, leaves } from './flat.ts';
import { MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

const ERROR = /^(?:err|\w*Err|\w*Error|e)$/;

/** Go: an error that was wrapped and is then forgotten, and one that is known to be nil where another one was asked for. */
export function findLostErrors(home: Home): FoundSlip[] {
  if (home.module.language !== 'go') return [];
  return home.module.functions
    .filter(({ id, span }) => id !== 0 && /\berror\b/.test(signatureOf(home, span)))
    .flatMap((form) => findIn(placeOf(home, form), form.body, new Set()));
}

function signatureOf(home: Home, [start]: FunctionForm['span']): string {
  return home.text.slice(start, start + 400).split(/\{\s*\n/, 1)[0] ?? '';
}

/** A function, with what is asked of it for each error. */
interface Place {
  home: Home;
  form: FunctionForm;
  /** Where its first loop or `defer` stands, and its last `return nil`. */
  again: number;
  returnsNil: number;
  /** How many errors what follows is still read for. */
  left: number;
}

function placeOf(home: Home, form: FunctionForm): Place {
  const text = textOf(home, form.span);
  const again = text.search(/\b(?:defer|for)\b/);
  let returnsNil = -1;
  let start = form.span[0];
  for (const line of text.split('\n')) {
    const at = line.search(/\breturn\b/);
    if (at >= 0 && /\bnil\s*$/.test(line)) returnsNil = start + at;
    start += line.length + 1;
  }
  return { home, form, again: again < 0 ? Infinity : form.span[0] + again, returnsNil, left: MOST_LOOKS };
}

function findIn(place: Place, body: readonly Statement[], outer: ReadonlySet<string>): FoundSlip[] {
  const { home, form } = place;
  const found: FoundSlip[] = [];
  const isNil = new Set(outer);
  const all = flat(body);
  all.forEach((one, index) => {
    if (one.kind === 'set' && one.target.kind === 'name') isNil.delete(one.target.name);
    const asked = one.kind === 'if' ? askedOf(one.test) : null;
    if (one.kind === 'if') {
      const other = nilReturned(home, one, isNil);
      if (other) found.push(slip(home, form, other.span, { HOW: other.how }));
      const next = all[index + 1];
      if (asked !== null && next && isForgotten(place, one, asked)) {
        const at = one.yes.find((each) => each.kind === 'set') ?? one;
        const how = `\`${asked}\` is set here and never looked at again: the function goes on, and its caller gets \`nil\``;
        found.push(slip(home, form, at.span, { HOW: how }));
      }
      if (asked !== null && leaves(one.yes) && one.no.length === 0 && isNil.size < MOST_LOOKS) isNil.add(asked);
    }
    for (const block of listBlocks(one)) {
      const known = new Set(one.kind === 'if' ? isNil : []);
      if (asked !== null) known.delete(asked);
      found.push(...findIn(place, block, known));
    }
  });
  return found;
}

function slip(home: Home, form: FunctionForm, span: Statement['span'], names: FoundSlip['names']): FoundSlip {
  return { kind: 'error-lost', home, form, span, names };
}

/** `err` of `err != nil`. */
function askedOf(test: Expression): string | null {
  const isAsked =
    test.kind === 'binary' &&
    test.operator === '!=' &&
    test.left.kind === 'name' &&
    ERROR.test(test.left.name) &&
    test.right.kind === 'value' &&
    test.right.value === null;
  return isAsked && test.left.kind === 'name' ? test.left.name : null;
}

type If = Extract<Statement, { kind: 'if' }>;

/** `if err != nil { err = wrap(err) }`, and nobody reads it further on. */
function isForgotten(place: Place, one: If, name: string): boolean {
  const { home, form, again, returnsNil } = place;
  const sets = one.yes.some((each) => each.kind === 'set' && each.target.kind === 'name' && each.target.name === name);
  const isKnown = one.yes.every((each) => each.kind === 'set' || each.kind === 'do');
  if (!sets || !isKnown || one.no.length > 0) return false;
  // It is told, or collected, in the branch itself.
  const last = one.yes.findLast(
    (each) => each.kind === 'set' && each.target.kind === 'name' && each.target.name === name,
  );
  if (new RegExp(`\\b${name}\\b`).test(home.text.slice(last?.span[1], one.span[1]))) return false;
  // `func load() (err error)`: a bare return gives it.
  if (new RegExp(`\\b${name}\\s+error\\b`).test(signatureOf(home, form.span))) return false;
  if (again < one.span[0] || returnsNil < one.span[1] || place.left-- <= 0) return false;
  const rest = home.text.slice(one.span[1], form.span[1]);
  const [, sign] = new RegExp(`\\b${name}\\b(?:\\s*,\\s*\\w+)*\\s*(:?=(?!=))?`).exec(rest) ?? [null, ':='];
  return sign !== undefined;
}

/** `if result.Error != nil { return err }`, where `err` is nil. */
function nilReturned(home: Home, one: If, isNil: ReadonlySet<string>): { span: Statement['span']; how: string } | null {
  const asked = textOf(home, one.test.span);
  const [, other] = /^([\w.]+(?:\.Err(?:or)?(?:\(\))?)|\w+(?:Err|Error)|err\d?)\s*!=\s*nil$/.exec(asked.trim()) ?? [];
  if (other === undefined) return null;
  const [only] = one.yes.filter((each) => each.kind === 'return');
  if (!only) return null;
  const [, given = ''] = /^return\s+(?:\S[^\n]*,\s*)?(\w+)$/.exec(textOf(home, only.span).trim()) ?? [];
  if (given === other || !isNil.has(given) || !ERROR.test(given)) return null;
  // Set in the branch itself.
  if (one.yes.some((each) => each.kind === 'set')) return null;
  return {
    span: only.span,
    how: `\`${asked.trim()}\` is asked, and \`${given}\` is returned, which is \`nil\` here: the caller takes the failure for a success`,
  };
}
