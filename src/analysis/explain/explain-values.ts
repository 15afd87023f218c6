import type { Condition, UseClause } from '../../flows/data/use-clause.ts';
import type { ProgramFlows } from '../../flows/find-program-flows.ts';
import type { Outcome, Reached } from '../../flows/run/run.ts';
import type { Asked, Failed } from '../../flows/uses/use-hit.ts';
import { indexLines } from '../../text/line-index.ts';
import type { ExplainedPlace } from './explanation.ts';

/** Places at which a clause of a rule was asked. A call that runs in several ways is told once for each answer. */
export function explainUses({ asked }: Pick<ProgramFlows, 'asked'>, rule: string, path: string, text: string) {
  const lineAt = indexLines(text);
  const own = asked.filter(({ use, place }) => use.rule === rule && place.path === path);
  return dropSame(
    own.map((one) => ({
      line: lineAt(one.place.span[0]),
      code: oneLine(text.slice(...one.place.span)),
      checks: [describeAsked(one)],
    })),
  );
}

/** Values that came to a sink of a class. */
export function explainSinks({ reached }: Pick<ProgramFlows, 'reached'>, kind: string, path: string, text: string) {
  const lineAt = indexLines(text);
  const own = reached.filter((one) => one.kind === kind && one.place.path === path);
  return dropSame(
    own.map((one) => ({
      line: lineAt(one.place.span[0]),
      code: oneLine(text.slice(...one.place.span)),
      checks: [describeReached(one)],
    })),
  );
}

function describeAsked({ use: { clause, index }, failed }: Asked) {
  const what = `clause ${index + 1}: ${describePlace(clause)}`;
  return failed === null
    ? { what: `${what}, with all of its conditions`, holds: true }
    : { what: `${what}; ${describeFailed(failed, clause)}`, holds: false };
}

function describePlace(clause: UseClause): string {
  const place = PLACES.find((one) => clause[one] !== undefined) ?? 'call';
  return `${place} ${[clause[place] ?? []].flat().join(' or ')}`;
}

const PLACES = ['call', 'made', 'set', 'read', 'import'] as const;

const TEXTS = {
  around: 'the function around it',
  notAround: 'the function around it',
  notSaid: 'the function around it, with its comments',
  before: 'what stands before it',
  decorated: 'decorators of the function around it',
  notDecorated: 'decorators of the function around it',
  notBefore: 'what stands before it',
  behind: 'what stands behind it',
  file: 'the file',
  notFile: 'the file',
} as const;

function describeFailed({ key, pick, condition, found }: Failed, clause: UseClause): string {
  const argument = pick !== undefined && /^\d/.test(pick) ? `argument ${pick}` : pick;
  switch (key) {
    case 'when':
      return `${argument} must be ${describeCondition(condition)}, and is ${found}`;
    case 'unless':
      return `${argument} is ${found}: that is right`;
    case 'near':
      return `it must be called like ${clause.near}, and is called ${found || 'nothing'}`;
    case 'apart':
      return `it is called ${found}: that is right`;
    case 'inside':
      return `it must stand inside of this: ${found}`;
    case 'switched':
      return `a switch of the operator's is around it, or sets it: ${found}`;
    case 'ignored':
      return 'its result must be used by nobody, and is used';
    case 'lost':
    case 'floating':
      return 'its result is used, or handed on';
    case 'grows':
      return 'nothing shows that it grows for ever';
    case 'outside':
      return `it stands inside of this: ${found}`;
    case 'around':
    case 'decorated':
    case 'before':
    case 'behind':
    case 'file':
      return `${TEXTS[key]} must say ${clause[key]}`;
    case 'notAround':
    case 'notSaid':
    case 'notDecorated':
    case 'notBefore':
    case 'notFile':
      return `${TEXTS[key]} says ${clause[key]}: that is right`;
    default:
      return key;
  }
}

function describeCondition(condition: Condition | undefined): string {
  if (typeof condition === 'string') return condition;
  const [[key, value] = ['', '']] = Object.entries(condition ?? {});
  switch (key) {
    case 'is':
      return String(value);
    case 'isNot':
      return `a constant other than ${value}`;
    case 'constant':
      return 'a text of the program';
    case 'unknown':
      return 'a text that is not constant';
    case 'missing':
      return 'missing';
    case 'bits':
      return `a number with one of the bits ${Number(value).toString(8)} (octal)`;
    default:
      return `${key === 'shorter' ? 'shorter than' : key} ${value}`;
  }
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  inside: 'nobody outside decides it, as far as the file shows',
  harmless: 'it cannot do harm there: a part that is bound or fixed, or no such text',
  safe: 'a check or conversion on the way made it safe',
  callers: 'only what callers give decides it, and none that is seen gives something of outside',
  found: 'others decide it',
};

function describeReached({ sink, text, outcome }: Reached) {
  return { what: `${text} comes to ${sink}: ${OUTCOMES[outcome]}`, holds: outcome === 'found' };
}

function oneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length <= 100 ? line : `${line.slice(0, 99)}…`;
}

function dropSame(places: readonly ExplainedPlace[]): ExplainedPlace[] {
  const key = ({ line, code, checks }: ExplainedPlace): string => JSON.stringify([line, code, checks]);
  return [...new Map(places.map((place) => [key(place), place])).values()].sort((a, b) => a.line - b.line);
}
