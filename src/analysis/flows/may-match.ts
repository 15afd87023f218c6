import { escapeRegExp } from './dialect.ts';
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
    const groups = Map.groupBy(sinks, (sink) => JSON.stringify([sink.from, sink.option]));
    const some = [...groups.values()].map(compileGroup);
    const mention = mentions === undefined ? null : new RegExp(mentions, 'im');
    return (text: string) => some.some((test) => test(text)) && (mention?.test(text) ?? true);
  });
  return (text) => tests.some((test) => test(text));
}

/** Sinks that come from the same modules and need the same options. */
function compileGroup(sinks: readonly Sink[]): (text: string) => boolean {
  const { from = null, option = {} } = sinks[0] ?? {};
  const modules = from && new RegExp(String.raw`(?<![\w$])(?:${from.map(escapeRegExp).join('|')})(?![\w$])`);
  const shapes = Map.groupBy(sinks, ({ as, argument }) => JSON.stringify([as, argument]));
  const calls = new RegExp([...[...shapes.values()].map(describeCalls), describeAliases(sinks)].join('|'));
  const options = Object.entries(option).map(
    ([name, value]) => new RegExp(String.raw`\b${escapeRegExp(name)}['"]?\s*[=:]\s*(?:${value})`),
  );
  return (text) => (modules?.test(text) ?? true) && options.every((one) => one.test(text)) && calls.test(text);
}

function listNames(sinks: readonly Sink[]): string {
  return [...new Set(sinks.map((sink) => escapeRegExp(sink.call)))].join('|');
}

/** Calls of one shape, unless their argument is a plain literal. */
function describeCalls(sinks: readonly Sink[]): string {
  const { as, argument = 0 } = sinks[0] ?? {};
  const before =
    as === 'method' ? String.raw`\.\s*` : as === 'function' ? String.raw`(?<![\w$.])` : String.raw`(?<![\w$])`;
  const others = argument === 0 ? '' : `(?:[^,()"'\`]{0,100},\\s*){${argument}}`;
  return String.raw`${before}(?:${listNames(sinks)})\s*(?:<[^()]{0,200}>\s*)?(?:\?\.|!)?\(\s*(?!\)|${others}${LITERAL}\s*[,)])`;
}

/** Where a name becomes another one. */
function describeAliases(sinks: readonly Sink[]): string {
  const names = listNames(sinks);
  return String.raw`(?:import\s|[({,])\s*(?:${names})\s+as\s|promisify\(\s*[\w.]*(?<![\w$])(?:${names})\s*\)`;
}
