import type { Language, Span } from '../../languages/form.ts';
import { readField } from '../run/fields.ts';
import type { Evaluated, Frame, Run } from '../run/run.ts';
import type { Value } from './value.ts';

/** The method that turns an object into a text: the first of these that it has. */
const PRINTS: Readonly<Record<Language, readonly string[]>> = {
  python: ['__str__', '__repr__'],
  typescript: ['toString'],
  go: ['Error', 'String'],
};

/** Calls that make texts of what they are given, without a model that says so. */
const TEXTS = /^(?:str|String|.*\.format)$/;

/** An object of the program where it becomes a text: what its class says of it. Anything else as it is. */
export function printed(run: Run, frame: Frame, value: Value, span: Span): Value {
  if (!mayPrint(value)) return value;
  for (const name of PRINTS[frame.closure.home.module.language]) {
    const found = readField(run, { ...frame, made: [] }, value, name, span).functions;
    const [method] = found;
    if (found.length !== 1 || !method) continue;
    const said = run.callFunction(frame, method, { list: [], named: new Map(), self: value }, span);
    // `return f'{self.name}'` puts nothing together.
    return said.pieces.some(({ kind }) => kind === 'text') ? said : { ...said, built: null };
  }
  return value;
}

/** The arguments of a call that makes a text of them: `str(order)`, `fmt.Sprint(order)`. */
export function withPrinted(run: Run, frame: Frame, one: Evaluated, makesText: boolean): Evaluated {
  const { list, named } = one.args;
  const isText = makesText || TEXTS.test(one.name ?? '') || (one.name === null && one.method === 'format');
  if (!isText || ![...list, ...named.values()].some(mayPrint)) return one;
  const print = (value: Value): Value => printed(run, frame, value, one.call.span);
  const printedNames = new Map([...named].map(([name, value]) => [name, print(value)]));
  return { ...one, args: { ...one.args, list: list.map(print), named: printedNames } };
}

/** An object of a class, or of a type of Go with methods. */
function mayPrint({ of, type, functions }: Value): boolean {
  return (
    functions.length === 0 &&
    ((of?.instance ?? false) || (type?.home.module.language === 'go' && type.type.kind === 'named'))
  );
}
