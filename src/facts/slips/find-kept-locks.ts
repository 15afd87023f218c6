import type { Home } from '../../flows/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Statement } from '../../languages/form.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { flat } from './flat.ts';
import type { FoundSlip } from './slip.ts';

const PAIRS: Readonly<Record<string, string>> = { Lock: 'Unlock', RLock: 'RUnlock', acquire: 'release' };

/** A return between taking a lock and the only place that lets it go. */
export function findKeptLocks(home: Home): FoundSlip[] {
  if (home.module.language === 'typescript' || !/\.(?:R?Lock|acquire)\(\)/.test(home.text)) return [];
  return home.module.functions.filter(({ id }) => id !== 0).flatMap((form) => findIn(home, form, form.body));
}

function findIn(home: Home, form: FunctionForm, written: readonly Statement[]): FoundSlip[] {
  const body = home.module.language === 'go' ? flat(written) : written;
  const found: FoundSlip[] = [];
  body.forEach((one, index) => {
    const taken = one.kind === 'do' && one.when === 'now' ? calledOn(home, one.value) : null;
    const ends = taken ? PAIRS[taken.name] : undefined;
    if (taken && ends !== undefined) {
      const lets = (each: Statement): boolean => letsGo(home, each, taken.on, ends);
      const rest = body.slice(index + 1);
      const end = rest.findIndex(
        (each) => each.kind === 'do' && each.when === 'now' && isCall(home, each.value, taken.on, ends),
      );
      // Elsewhere it is let go of by whoever ends the function.
      const isDeferred = new RegExp(`defer[^\\n]*\\n?[^\\n]*${escapeRegExp(taken.on)}\\.${ends}`).test(
        textOf(home, form.span),
      );
      const left = end < 0 || isDeferred ? null : leavingIn(rest.slice(0, end), lets);
      if (left)
        found.push({
          kind: 'lock-kept',
          home,
          form,
          span: left.span,
          names: {
            CALL: `${taken.on}.${taken.name}()`,
            ENDS: `${taken.on}.${ends}()`,
            LINE: one.span,
            FREED: rest[end]?.span ?? one.span,
          },
        });
    }
    for (const block of one.kind === 'if' ? [one.yes, one.no] : [blocksOf(one)])
      found.push(...findIn(home, form, block));
  });
  return found;
}

/** A return, or an error that is thrown, in one of these, before which nothing lets go. */
function leavingIn(body: readonly Statement[], lets: (one: Statement) => boolean): Statement | null {
  for (const one of body) {
    if (one.kind !== 'if' && lets(one)) return null;
    if (one.kind === 'return') return one;
    if (one.kind === 'try' || one.kind === 'throw') return null;
    for (const block of one.kind === 'if' ? [one.yes, one.no] : [blocksOf(one)]) {
      const left = leavingIn(block, lets);
      if (left) return left;
    }
  }
  return null;
}

function letsGo(home: Home, one: Statement, on: string, ends: string): boolean {
  return textOf(home, one.span).replace(/\s+/g, '').includes(`${on}.${ends}(`);
}

function isCall(home: Home, value: Expression, on: string, name: string): boolean {
  const called = calledOn(home, value);
  return called?.on === on && called.name === name;
}

function calledOn(home: Home, value: Expression): { on: string; name: string } | null {
  if (value.kind === 'await') return calledOn(home, value.of);
  if (value.kind !== 'call' || value.of.kind !== 'field') return null;
  return { on: textOf(home, value.of.of.span).replace(/\s+/g, ''), name: calledName(value.of) };
}
