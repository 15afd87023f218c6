import type { SgNode } from '@ast-grep/napi';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { type Call } from './dialect.ts';
import type { Evaluation } from './evaluation.ts';
import type { Sink } from './flow.ts';
import { resolveOrigin } from './resolve.ts';

/**
 * Other names that a sink's function may have in this file: `run` of `const run = promisify(exec)`, of `{ exec: run }`, of
 * `import { exec as run }`. A cheap scan for candidates; `isSink` resolves them.
 */
export function listAliases(text: string, sinks: readonly Sink[]): ReadonlySet<string> {
  const names = sinks.filter((sink) => sink.from).map((sink) => escapeRegExp(sink.call));
  if (names.length === 0) return new Set();
  const any = `(?:${[...new Set(names)].join('|')})`;
  const pattern = new RegExp(
    [
      String.raw`(?<set>[\w$]{1,60})\s*=\s*[^=\n;{}]{0,120}?\b${any}\s*(?:[;,)\n]|$)`,
      String.raw`(?<![\w$])${any}(?:\s*:\s*|\s+as\s+)(?<renamed>[A-Za-z_$][\w$]{0,60})`,
    ].join('|'),
    'g',
  );
  const found = [...text.matchAll(pattern)].map(({ groups = {} }) => groups.set ?? groups.renamed ?? '');
  return new Set(found.filter((name) => name !== ''));
}

export function isSink(run: Evaluation, sink: Sink, call: Call, node: SgNode): boolean {
  if (sink.as === 'method' && !call.receiver) return false;
  if (sink.as === 'function' && call.receiver) return false;
  if (sink.from) {
    if (!isFrom(run, sink.from, sink.call, node)) return false;
  } else if (call.name !== sink.call) return false;
  if (sink.on && !new RegExp(`(?:^|[^\\w$])(?:${sink.on})$`).test(call.receiver?.text().slice(-200) ?? ''))
    return false;
  if (sink.near && !sink.near.some((module) => mentionsModule(run.text, module))) return false;
  for (const [index, pattern] of Object.entries(sink.when ?? {})) {
    const text = call.args[Number(index)]?.text() ?? '';
    if (!new RegExp(`^["'\`]?(?:${pattern})["'\`]?$`).test(text)) return false;
  }
  for (const [option, pattern] of Object.entries(sink.option ?? {})) {
    const text = call.named.get(option)?.text() ?? '';
    if (!new RegExp(`^(?:${pattern})$`).test(text)) return false;
  }
  return true;
}

/** Whether the called name, or what it is called on, comes from one of the modules. */
function isFrom(run: Evaluation, modules: readonly string[], name: string, node: SgNode): boolean {
  const callee = node.field('function');
  const origin = callee && resolveOrigin(run, callee);
  if (!origin || !modules.includes(origin.module)) return false;
  return origin.path.at(-1) === name;
}

export function mentionsModule(text: string, module: string): boolean {
  return new RegExp(`(?<![\\w$@/])${escapeRegExp(module)}(?![\\w$])`).test(text);
}

/** The arguments that may become the statement or the command, the likeliest first. */
export function listArguments(sink: Sink, call: Call): SgNode[] {
  if (sink.keyword !== undefined) return [call.named.get(sink.keyword)].filter((node) => node !== undefined);
  const places = Array.isArray(sink.argument) ? sink.argument : [sink.argument];
  return places.map((place) => call.args[place]).filter((node) => node !== undefined);
}
