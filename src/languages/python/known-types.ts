/** Types of Python and its libraries that the form has a word for, by their full names (`typing` and the like left out). */

export const TEXTS: ReadonlySet<string> = new Set([
  'str',
  'bytes',
  'AnyStr',
  'LiteralString',
  'pydantic.constr',
  'pydantic.StrictStr',
]);

const DATES = 'date datetime time timedelta timezone tzinfo';
const PYDANTIC =
  'UUID1 UUID3 UUID4 UUID5 PositiveInt NegativeInt NonNegativeInt NonPositiveInt StrictInt PositiveFloat NonNegativeFloat ' +
  'StrictFloat StrictBool AwareDatetime PastDate FutureDate conint confloat condecimal condate';

/** They carry no text of anybody. */
export const PLAIN: ReadonlySet<string> = new Set([
  ...words('int float bool complex decimal.Decimal uuid.UUID fractions.Fraction'),
  ...words(DATES).map((name) => `datetime.${name}`),
  ...words(PYDANTIC).map((name) => `pydantic.${name}`),
]);

/** They say nothing. */
export const NOTHING: ReadonlySet<string> = new Set(['Any', 'object', 'Self', 'Never', 'NoReturn', 'None']);

/** In lower case: `typing` writes them with capitals. */
export const LISTS: ReadonlySet<string> = new Set(
  words(
    'list set frozenset tuple deque sequence mutablesequence iterable iterator collection abstractset mutableset ' +
      'asynciterable asynciterator container generator asyncgenerator',
  ),
);

export const MAPS: ReadonlySet<string> = new Set(words('dict mapping mutablemapping defaultdict ordereddict counter'));

/** What only says something about the type that it holds, and which of its arguments that is. */
export const AROUND: ReadonlyMap<string, number> = new Map([
  ['Optional', 0],
  ['Annotated', 0],
  ['ClassVar', 0],
  ['Final', 0],
  ['Required', 0],
  ['NotRequired', 0],
  ['ReadOnly', 0],
  ['Awaitable', 0],
  ['Coroutine', 2],
  ['dataclasses.InitVar', 0],
]);

/** The name without the module of the standard library that it comes from. */
export function shortTypeName(full: string): string {
  return full.replace(/^(?:typing|typing_extensions|collections|collections\.abc|builtins)\.(?=\w+$)/, '');
}

function words(list: string): string[] {
  return list.split(' ');
}
