import { compiled } from '../data/compiled.ts';
import type { Home, Value } from '../values/value.ts';
import { plainValue } from '../values/values.ts';

/** `.add_argument('age', type=int)`: name and what follows it. */
const ARGUMENT = /\.add_argument\(\s*["']([\w-]{1,100})["']((?:[^()]|\([^()]{0,500}\)){0,1000})\)/g;

/** What a parser gives: an object whose fields are texts of others, but for those that it is told to make numbers of. */
export function withNumbers(home: Home, value: Value, numbers: string): Value {
  const named = [...home.text.matchAll(ARGUMENT)].flatMap(([, name = '', options = '']) =>
    compiled(numbers).test(options) ? [name.replaceAll('-', '_')] : [],
  );
  if (named.length === 0) return value;
  return { ...value, entries: new Map([['*', value], ...named.map((name) => [name, plainValue(name)] as const)]) };
}
