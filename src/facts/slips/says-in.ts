import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { textOf } from './call-chain.ts';

/** Whether the code of a function says something anywhere; a comment proves nothing. Asked once of each: many may stand in one, and each asks it of that one. */
export function createSaysIn(words: RegExp): (home: Home, form: FunctionForm) => boolean {
  const known = new WeakMap<FunctionForm, boolean>();
  return (home, form) => {
    const told = known.get(form) ?? words.test(textOf(home, form.span));
    known.set(form, told);
    return told;
  };
}
