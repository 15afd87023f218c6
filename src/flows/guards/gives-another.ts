import type { Expression } from '../../languages/form.ts';
import { returnsOf } from '../../languages/returns-of.ts';
import type { Closure } from '../values/value.ts';

/**
 * Whether a function that is called with a character gives another text for it: `(c) => ENTITIES[c]`, `` (c) => `&#${c.charCodeAt(0)};` ``,
 * a switch that gives a text for each. Not one that gives it back, or changes its case.
 */
export function givesAnother({ form }: Closure): boolean {
  const [parameter] = form.parameters;
  if (!parameter) return false;
  const given = returnsOf(form.body);
  const others = given.filter((one) => isAnother(one, parameter.name));
  // The default of a switch gives back what is none of its cases.
  const isDefault = (one: Expression): boolean => one.kind === 'name' && one.name === parameter.name;
  return others.length > 0 && given.every((one) => others.includes(one) || (others.length > 1 && isDefault(one)));
}

function isAnother(one: Expression, name: string): boolean {
  const isItself = (part: Expression): boolean => part.kind === 'name' && part.name === name;
  switch (one.kind) {
    case 'text':
      return true;
    case 'cast':
      return isAnother(one.of, name);
    case 'index':
      return isItself(one.by);
    case 'call':
      return one.of.kind === 'field' && one.of.name === 'get' && !isItself(one.of.of);
    case 'choice':
      // `ENTITIES[c] ?? c`: what a table lacks is given back.
      return isAnother(one.yes, name) && (one.test === null || isAnother(one.no, name));
    case 'concat':
      return one.parts.some((part) => part.kind === 'text') && !one.parts.some(isItself);
    case 'binary':
      return one.operator === '+' && !isItself(one.left) && !isItself(one.right);
    default:
      return false;
  }
}
