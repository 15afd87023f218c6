import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Statement } from '../../languages/form.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { flat } from './flat.ts';
import { leavingIn } from './leaving-in.ts';
import type { FoundSlip } from './slip.ts';

const PAIRS: Readonly<Record<string, string>> = { Lock: 'Unlock', RLock: 'RUnlock', acquire: 'release' };

/** The most findings of one file. */
const MOST = 300;
/** The most statements between a lock and its end that are looked at. */
const MOST_BETWEEN = 500;

/** A return between taking a lock and the only place that lets it go. */
export function findKeptLocks(home: Home): FoundSlip[] {
  if (home.module.language === 'typescript' || !/\.(?:R?Lock|acquire)\(\)/.test(home.text)) return [];
  const found: FoundSlip[] = [];
  for (const form of home.module.functions) if (form.id !== 0) findIn(home, form, form.body, found);
  return found;
}

function findIn(home: Home, form: FunctionForm, written: readonly Statement[], found: FoundSlip[]): void {
  const body = home.module.language === 'go' ? flat(written) : written;
  const calls = body.map((one) => (one.kind === 'do' && one.when === 'now' ? calledOn(home, one.value) : null));
  body.forEach((one, index) => {
    const taken = calls[index];
    const ends = taken && Object.hasOwn(PAIRS, taken.name) ? PAIRS[taken.name] : undefined;
    if (taken && ends !== undefined && found.length < MOST) {
      const lets = (each: Statement): boolean => letsGo(home, each, taken.on, ends);
      const near = calls.slice(index + 1, index + 1 + MOST_BETWEEN);
      const isEnd = (one: Statement): boolean => one.kind === 'do' && one.when === 'defer' && lets(one);
      const later = body.slice(index + 1, index + 1 + MOST_BETWEEN);
      const now = near.findIndex((each) => each?.on === taken.on && each.name === ends);
      // Deferred too late: it holds for those ways out alone that come behind it.
      const end = now < 0 ? later.findIndex(isEnd) : now;
      const left = end < 0 ? null : leavingIn(later.slice(0, end), lets);
      // Elsewhere it is let go of by whoever ends the function.
      const isDeferred = (): boolean => {
        const text = now < 0 ? home.text.slice(form.span[0], one.span[0]) : textOf(home, form.span);
        return new RegExp(`defer[^\\n]*\\n?[^\\n]*${escapeRegExp(taken.on)}\\.${ends}`).test(text);
      };
      if (left && !isDeferred())
        found.push({
          kind: 'lock-kept',
          home,
          form,
          span: left.span,
          names: {
            CALL: `${taken.on}.${taken.name}()`,
            ENDS: `${taken.on}.${ends}()`,
            LINE: one.span,
            FREED: body[index + 1 + end]?.span ?? one.span,
          },
        });
    }
    for (const block of one.kind === 'if' ? [one.yes, one.no] : [blocksOf(one)]) findIn(home, form, block, found);
  });
}

function letsGo(home: Home, one: Statement, on: string, ends: string): boolean {
  return textOf(home, one.span).replace(/\s+/g, '').includes(`${on}.${ends}(`);
}

function calledOn(home: Home, value: Expression): { on: string; name: string } | null {
  if (value.kind === 'await') return calledOn(home, value.of);
  if (value.kind !== 'call' || value.of.kind !== 'field') return null;
  return { on: textOf(home, value.of.of.span).replace(/\s+/g, ''), name: calledName(value.of) };
}
