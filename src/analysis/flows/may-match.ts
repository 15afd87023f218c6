import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { Sink } from './flow.ts';

/** A string that is whole and holds no value: no prefix that makes it a template, no escape that could hide its end. */
const LITERAL = String.raw`[rbu]?(?:"""[^"\\]*"""|'''[^'\\]*'''|"(?!"")[^"\\\n]*"|'(?!'')[^'\\\n]*'|${'`[^`$\\\\]*`'})`;

/**
 * A cheap test of a file's text: whether a flow can find anything in it. Never stricter than the flow itself; what fails it is
 * not parsed, and most files of a service fail it. Parsing costs about a hundred times as much.
 */
export function compileMayMatch(
  flows: readonly { mentions?: string | undefined; sinks: readonly Sink[] }[],
): (text: string) => boolean {
  const tests = flows.map(({ mentions, sinks }) => {
    const groups = Map.groupBy(sinks, (sink) =>
      JSON.stringify([sink.from, sink.near, sink.option, sink.keyword, sink.role]),
    );
    const mention = mentions === undefined ? null : new RegExp(mentions, 'im');
    // A fragment need not look like anything.
    const some = [...groups.values()].map((group) => {
      const test = compileGroup(group);
      const free = mention === null || group[0]?.role === 'fragment';
      return free ? test : (text: string) => test(text) && mention.test(text);
    });
    return (text: string) => some.some((test) => test(text));
  });
  return (text) => tests.some((test) => test(text));
}

/** Sinks that come from the same modules and need the same options. */
function compileGroup(sinks: readonly Sink[]): (text: string) => boolean {
  const { from = null, near = null, option = {}, keyword } = sinks[0] ?? {};
  const named = from ?? near;
  const modules = named && new RegExp(String.raw`(?<![\w$])(?:${named.map(escapeRegExp).join('|')})(?![\w$])`);
  const shapes = Map.groupBy(sinks, ({ as, argument, keyword }) => JSON.stringify([as, argument, keyword]));
  const aliases = from ? [describeAliases(sinks)] : [];
  const calls = new RegExp([...[...shapes.values()].map(describeCalls), ...aliases].join('|'));
  const options = Object.entries(keyword === undefined ? option : { ...option, [keyword]: '' }).map(
    ([name, value]) => new RegExp(String.raw`\b${escapeRegExp(name)}['"]?\s*[=:]\s*(?:${value})`),
  );
  return (text) => (modules?.test(text) ?? true) && options.every((one) => one.test(text)) && calls.test(text);
}

function listNames(sinks: readonly Sink[]): string {
  return [...new Set(sinks.map((sink) => escapeRegExp(sink.call)))].join('|');
}

/** What a first argument is when the statement comes after it. */
const CONTEXT = String.raw`[\w.]*[cC](?:tx|ontext)\w*(?:\(\))?,\s*`;

/** Calls of one shape, unless their argument is a plain literal. */
function describeCalls(sinks: readonly Sink[]): string {
  const { as, argument = 0, keyword } = sinks[0] ?? {};
  const before =
    as === 'method' ? String.raw`\.\s*` : as === 'function' ? String.raw`(?<![\w$.])` : String.raw`(?<![\w$])`;
  const call = String.raw`${before}(?:${listNames(sinks)})\s*(?:<[^()]{0,200}>\s*)?(?:\?\.|!)?\(\s*`;
  if (keyword !== undefined) return call;
  const [first = 0, ...later] = Array.isArray(argument) ? argument : [argument];
  const others = first === 0 ? '' : `(?:[^,()"'\`]{0,100},\\s*){${first}}`;
  const context = later.length > 0 ? `(?:${CONTEXT})?` : '';
  return String.raw`${call}(?!\)|${context}${others}${LITERAL}\s*[,)])`;
}

/** Where a name becomes another one. */
function describeAliases(sinks: readonly Sink[]): string {
  const names = listNames(sinks);
  const renamed = String.raw`(?<![\w$])(?:${names})\s*(?:\sas\s|:\s*[A-Za-z_$])`;
  return String.raw`(?:import\s|[({,])\s*${renamed}|promisify\(\s*[\w.]*(?<![\w$])(?:${names})\s*\)|=[^=\n;{}]{0,120}\.(?:${names})\s*(?:[;,)\n]|$)`;
}
