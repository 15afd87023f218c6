import type { Expression } from '../../languages/form.ts';

/** Whether an expression always holds, or never does, by what is written: `true`, `x || true`, `!false`. Null: it depends. */
export function truthOf(one: Expression): boolean | null {
  switch (one.kind) {
    case 'value':
      return Boolean(one.value);
    case 'text':
      return one.value !== '';
    case 'list':
    case 'map':
    case 'function':
      return null;
    case 'cast':
    case 'await':
      return truthOf(one.of);
    case 'unary': {
      const of = truthOf(one.of);
      return one.operator === '!' && of !== null ? !of : null;
    }
    case 'choice':
      return truthOfChoice(one);
    case 'binary':
      return one.operator === '||' || one.operator === '&&' ? truthOfBoth(one) : null;
    default:
      return null;
  }
}

function truthOfBoth({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): boolean | null {
  const [a, b] = [truthOf(left), truthOf(right)];
  const decides = operator === '||';
  if (a === decides || b === decides) return decides;
  return a !== null && b !== null ? !decides : null;
}

function truthOfChoice({ test, yes, no }: Extract<Expression, { kind: 'choice' }>): boolean | null {
  const [a, b] = [truthOf(yes), truthOf(no)];
  // `a || b`
  if (test === null) return a === true || b === true ? true : a === false && b === false ? false : null;
  // `a && b` gives `a` where that does not hold.
  if (no.span[0] === test.span[0] && no.span[1] === test.span[1])
    return a === false || b === false ? false : a === true ? b : null;
  const decided = truthOf(test);
  return decided !== null ? (decided ? a : b) : a === b ? a : null;
}
