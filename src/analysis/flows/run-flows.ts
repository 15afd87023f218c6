import type { SgNode } from '@ast-grep/napi';
import type { RawFinding } from '../../review/finding.ts';
import type { SourceFile } from '../../review/source-file.ts';
import { clipSnippet, fillTemplate, inlineCode, quoteLines } from '../evidence.ts';
import { nameSymbol, type RuleLanguage } from '../languages.ts';
import { findDefinitions } from './definitions.ts';
import { type Call, type Dialect, escapeRegExp } from './dialect.ts';
import { go } from './dialects/go.ts';
import { python } from './dialects/python.ts';
import { typescript } from './dialects/typescript.ts';
import { evaluate, type Scene } from './evaluate.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import type { Flow, LanguageFlow, Sink } from './flow.ts';
import { compileMayMatch } from './may-match.ts';
import { findRegion } from './regions.ts';
import type { Level, Part, Value } from './value.ts';

const DIALECTS: Record<RuleLanguage, Dialect> = { typescript, python, go };

interface CompiledFlow {
  flow: Flow;
  language: LanguageFlow;
  looksLike: RegExp | null;
  unknownAfter: RegExp | null;
  identifierAfter: RegExp | null;
}

export interface FlowTable {
  language: RuleLanguage;
  dialect: Dialect;
  flows: CompiledFlow[];
  /** The file can hold a sink at all: a cheap test before parsing. */
  mayMatch: (text: string) => boolean;
  /** The last name of every sink, for one scan of the tree. */
  names: string;
}

export function compileFlows(flows: readonly Flow[], language: RuleLanguage): FlowTable {
  const compiled = flows.flatMap((flow) => {
    const table = flow.languages[language];
    if (!table) return [];
    const looksLike = flow.looksLike === undefined ? null : new RegExp(flow.looksLike, 'i');
    const unknownAfter = flow.unknownAfter === undefined ? null : new RegExp(flow.unknownAfter, 'i');
    const identifierAfter = flow.identifierAfter === undefined ? null : new RegExp(flow.identifierAfter, 'i');
    return [{ flow, language: table, looksLike, unknownAfter, identifierAfter }];
  });
  const names = [...new Set(compiled.flatMap((one) => one.language.sinks.map((sink) => sink.call)))]
    .map(escapeRegExp)
    .join('|');
  return {
    language,
    dialect: DIALECTS[language],
    flows: compiled,
    mayMatch: compileMayMatch(compiled.map(({ flow, language: { sinks } }) => ({ mentions: flow.mentions, sinks }))),
    names: `(^|[^\\w$])(${names})$`,
  };
}

/** Reports every sink whose argument is built from outside data, once. */
export function runFlows(table: FlowTable, root: SgNode, file: SourceFile): RawFinding[] {
  const { dialect } = table;
  let made: FileIndex | null = null;
  const index = (): FileIndex => (made ??= indexFile(root, dialect, table.language));
  const aliases = readAliases(file.text);
  const regex = [table.names, ...[...aliases.keys()].map((alias) => `^${escapeRegExp(alias)}$`)].join('|');
  const kinds = dialect.callKinds.map((kind) => ({ kind, has: { field: 'function', regex } }));
  const calls = root.findAll({ rule: { any: kinds } });
  return calls.flatMap((node) => {
    const call = dialect.readCall(node);
    if (!call) return [];
    return table.flows.flatMap((one) => {
      const scene: Scene = { dialect, flow: one.language, index };
      const sink = one.language.sinks.find((candidate) =>
        isSink(candidate, call, aliases.get(call.callee) ?? call.name, node, scene),
      );
      const argument = sink && call.args[sink.argument];
      if (
        !argument ||
        (/^(string|template_string|interpreted_string_literal|raw_string_literal)$/.test(String(argument.kind())) &&
          isConstant(argument))
      )
        return [];
      const value = evaluate(scene, argument);
      const picked = pickHole(one, value);
      return picked ? [describeFlow(one, node, call, picked, file)] : [];
    });
  });
}

function isConstant(node: SgNode): boolean {
  return !node.children().some((child) => child.kind() === 'template_substitution' || child.kind() === 'interpolation');
}

/** Other names of a function in this file: `run` of `const run = promisify(exec)` and of `import { exec as run }`. */
function readAliases(text: string): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [, alias = '', target = ''] of text.matchAll(
    /\b(\w{1,60})\s*=\s*(?:util\.)?promisify\(\s*([\w.]{1,60})\s*\)/g,
  )) {
    aliases.set(alias, target.slice(target.lastIndexOf('.') + 1));
  }
  for (const [, target = '', alias = ''] of text.matchAll(/\b(\w{1,60}) as (\w{1,60})\b/g)) {
    if (!aliases.has(alias)) aliases.set(alias, target);
  }
  return aliases;
}

function isSink(sink: Sink, call: Call, name: string, node: SgNode, scene: Scene): boolean {
  if (name !== sink.call) return false;
  if (sink.as === 'method' && !call.receiver) return false;
  if (sink.as === 'function' && call.receiver) return false;
  if (sink.from && !isFrom(sink.from, { ...call, name }, node, scene)) return false;
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

/** Whether the called name, or what it is called on, comes from one of the modules; `promisify(exec)` still is exec. */
function isFrom(modules: readonly string[], call: Call, node: SgNode, scene: Scene, hops = 0): boolean {
  const holder = call.receiver?.text() ?? (hops === 0 ? (node.field('function')?.text() ?? call.name) : call.name);
  const { start, end } = node.range();
  const fn = findRegion(scene.index().functions, start.index, end.index)?.start ?? -1;
  return findDefinitions(scene.index().definitionsOf(holder, start.index), start.index, fn).some((definition) => {
    if (definition.kind === 'import') {
      if (!modules.includes(definition.module ?? '')) return false;
      return call.receiver !== null || definition.imported === call.name || definition.imported === '*' || hops > 0;
    }
    const inner = /^(?:util\.)?promisify\(\s*([\w.]+)\s*\)$/.exec(definition.value?.text() ?? '')?.[1];
    if (!inner || hops > 0) return false;
    const name = inner.slice(inner.lastIndexOf('.') + 1);
    const receiver = inner.includes('.')
      ? (definition.value?.find(inner.slice(0, inner.lastIndexOf('.'))) ?? null)
      : null;
    return isFrom(modules, { ...call, name, receiver }, definition.node, scene, 1);
  });
}

type Hole = Extract<Part, { kind: 'hole' }>;

interface Picked {
  hole: Hole;
  /** The constant text right before it. */
  before: string;
}

/** "`req.query.sort`, line 11", or only the line where the value has no other name. */
function describeOrigin({ trace, name }: Hole, line: number): string {
  const [origin] = trace;
  if (!origin) return `line ${line}`;
  return origin.text === inlineCode(name) ? `line ${origin.line}` : `\`${origin.text}\`, line ${origin.line}`;
}

/** The hole to report, or null when the text is harmless. */
function pickHole(one: CompiledFlow, value: Value): Picked | null {
  if (!value.built && !one.flow.bare) return null;
  const skeleton = value.parts.map((part) => (part.kind === 'text' ? part.text : '\u0001')).join('');
  if (one.looksLike && !one.looksLike.test(skeleton.replaceAll('\u0001', ' '))) return null;
  let before = '';
  let unknown: Picked | null = null;
  for (const part of value.parts) {
    if (part.kind === 'text') before += part.text;
    else {
      if (part.level === 'tainted') return { hole: part, before };
      const placed = value.built && (!one.unknownAfter || one.unknownAfter.test(before.slice(-300)));
      if (part.level === 'unknown' && placed) unknown ??= { hole: part, before };
      before += '\u0001';
    }
  }
  return unknown;
}

/** `before` is the text up to the value: an odd number of quotes leaves one open. */
function chooseFix({ flow, language, identifierAfter }: CompiledFlow, before: string): string {
  if (flow.fixIdentifier !== undefined && identifierAfter?.test(before.slice(-300))) return flow.fixIdentifier;
  const quoted = (before.match(/'/g)?.length ?? 0) % 2 === 1;
  return (quoted ? language.fixQuoted : undefined) ?? language.fix;
}

function describeFlow(
  one: CompiledFlow,
  sink: SgNode,
  call: Call,
  { hole, before }: Picked,
  file: SourceFile,
): RawFinding {
  const { flow } = one;
  const level = hole.level as Exclude<Level, 'safe'>;
  const sinkRange = sink.range();
  const built = hole.builtIn?.range();
  // The finding stands where the text is put together: that is where it is fixed.
  const inSink = !built || (built.start.index >= sinkRange.start.index && built.end.index <= sinkRange.end.index);
  const range = inSink ? sinkRange : built;
  const startLine = range.start.line + 1;
  const endLine = Math.min(range.end.line + 1, startLine + 11);
  const sinkLine = sinkRange.start.line + 1;
  const steps = [...hole.trace, { line: sinkLine, text: `${inlineCode(call.callee)}(…)` }];
  const values = {
    NAME: inlineCode(hole.name),
    ORIGIN: describeOrigin(hole, startLine),
    SINK: inlineCode(call.callee),
  };
  return {
    ruleId: flow.id,
    principle: flow.principle,
    cwe: flow.cwe,
    severity: flow.severity[level],
    confidence: level === 'tainted' ? 'high' : 'medium',
    path: file.path,
    startLine,
    endLine,
    title: fillTemplate(flow.title[level], values),
    explanation: fillTemplate(flow.explanation[level], values),
    fix: fillTemplate(chooseFix(one, before), values),
    evidence: quoteLines(file.text, startLine, endLine),
    snippet: clipSnippet((inSink ? sink : (hole.builtIn ?? sink)).text()),
    phrases: flow.phrases,
    suggestion: null,
    source: 'data-flow',
    symbol: nameSymbol(sink),
    trace: steps.filter(
      (step, index) => steps.findIndex((other) => other.line === step.line && other.text === step.text) === index,
    ),
    why: flow.why.trim(),
    falseAlarm: flow.falseAlarm.trim(),
    references: flow.references,
  };
}
