import { escapeRegExp } from './dialect.ts';
import type { LanguageFlow, Sink } from './flow.ts';

/** A string that is whole and holds no value: no prefix that makes it a template, no escape that could hide its end. */
const LITERAL = String.raw`[rbu]?(?:"""[^"\\]*"""|'''[^'\\]*'''|"(?!"")[^"\\\n]*"|'(?!'')[^'\\\n]*'|${'`[^`$\\\\]*`'})`;

/**
 * A cheap test of a file's text: whether a flow can find anything in it. Never stricter than the flow itself; what fails it is
 * not parsed, and most files of a service fail it. Parsing costs about a hundred times as much.
 */
export function compileMayMatch(languages: readonly LanguageFlow[]): (text: string) => boolean {
  const sinks = languages.flatMap((language) => language.sinks);
  const groups = Map.groupBy(sinks, (sink) => JSON.stringify([sink.from, sink.option]));
  const tests = [...groups.values()].map(compileGroup);
  return (text) => tests.some((test) => test(text));
}

/** Sinks that come from the same modules and need the same options. */
function compileGroup(sinks: readonly Sink[]): (text: string) => boolean {
  const { from = null, option = {} } = sinks[0] ?? {};
  const modules = from && new RegExp(String.raw`(?<![\w$])(?:${from.map(escapeRegExp).join('|')})(?![\w$])`);
  const calls = new RegExp(sinks.map(describeCall).join('|'));
  const options = Object.entries(option).map(
    ([name, value]) => new RegExp(String.raw`\b${escapeRegExp(name)}['"]?\s*[=:]\s*(?:${value})`),
  );
  return (text) => (modules?.test(text) ?? true) && options.every((one) => one.test(text)) && calls.test(text);
}

/** The call itself, unless its argument is a plain literal; or the name where it becomes another one. */
function describeCall({ call, as, argument }: Sink): string {
  const name = escapeRegExp(call);
  const before =
    as === 'method' ? String.raw`\.\s*` : as === 'function' ? String.raw`(?<![\w$.])` : String.raw`(?<![\w$])`;
  const others = argument === 0 ? '' : `(?:[^,()"'\`]{0,100},\\s*){${argument}}`;
  const direct = String.raw`${before}${name}\s*(?:<[^()]{0,200}>\s*)?(?:\?\.|!)?\(\s*(?!\)|${others}${LITERAL}\s*[,)])`;
  return String.raw`${direct}|(?:import\s|[({,])\s*${name}\s+as\s|promisify\(\s*[\w.]*(?<![\w$])${name}\s*\)`;
}
