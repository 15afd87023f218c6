import type { SgNode } from '@ast-grep/napi';
import type { SourceFile } from '../../change/source-file.ts';
import { clipSnippet, fillTemplate, inlineCode, quoteLines } from '../../findings/evidence.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { nameSymbol } from '../languages.ts';
import type { Call } from './dialect.ts';
import type { Sink } from './flow.ts';
import { type CompiledFlow, chooseFix, type Pasted } from './pick.ts';
import type { Hole } from './value.ts';

export interface Found {
  one: CompiledFlow;
  sink: Sink;
  node: SgNode;
  call: Call;
  argument: SgNode;
  pasted: readonly [Pasted, ...Pasted[]];
}

const MOST_NAMED = 6;
/** A statement longer than this is not marked as a whole: the value is the place. */
const MOST_LINES = 8;

export function describeFound({ one, sink, node, call, argument, pasted }: Found, file: SourceFile): RawFinding {
  const { flow } = one;
  const [first, ...others] = pasted;
  const { hole } = first;
  const level = hole.level === 'tainted' ? 'tainted' : 'unknown';
  const { startLine, endLine, text } = choosePlace(node, argument, hole);
  const chained = /call/.test(String(call.receiver?.kind()));
  const name = chained ? call.name : inlineCode(call.callee);
  const steps = [...hole.trace, { line: lineOfName(node), text: `${name}(…)` }];
  const values = { NAME: inlineCode(spell(hole)), ORIGIN: describeOrigin(hole, startLine), SINK: name };
  return {
    ruleId: flow.id,
    principle: flow.principle,
    cwe: flow.cwe,
    severity: flow.severity[level],
    confidence: level === 'tainted' ? 'high' : 'low',
    path: file.path,
    startLine,
    endLine,
    title: fillTemplate(flow.title[level], values),
    explanation: `${fillTemplate(flow.explanation[level], values)}${nameOthers(others, startLine)}`,
    fix: fillTemplate(chooseFix(one, sink, first), values),
    evidence: quoteLines(file.text, startLine, endLine),
    snippet: clipSnippet(text),
    phrases: flow.phrases,
    suggestion: null,
    source: 'data-flow',
    symbol: nameSymbol(node),
    trace: steps.filter(
      (step, index) => steps.findIndex((other) => other.line === step.line && other.text === step.text) === index,
    ),
    pasted: pasted.map((found) => ({ name: inlineCode(found.hole.name), line: lineOf(found.hole) ?? startLine })),
    ...(level === 'unknown' && flow.onlyTaintedIn && { quietIn: flow.onlyTaintedIn }),
    why: flow.why.trim(),
    falseAlarm: flow.falseAlarm.trim(),
    references: flow.references,
  };
}

/**
 * Where the text is put together: that is where it is fixed. In a chain of calls it begins at the call's own name, not at the
 * head of the chain; in a long statement it is the line of the value.
 */
function choosePlace(node: SgNode, argument: SgNode, hole: Hole): { startLine: number; endLine: number; text: string } {
  const sink = node.range();
  const built = (hole.builtIn ?? argument).range();
  const inSink = built.start.index >= sink.start.index && built.end.index <= sink.end.index;
  const first = built.start.line + 1;
  const start = inSink && first - lineOfName(node) < MOST_LINES ? lineOfName(node) : first;
  const end = built.end.line + 1;
  const text = (hole.builtIn ?? argument).text();
  if (end - start < MOST_LINES) return { startLine: start, endLine: end, text };
  const line = lineOf(hole) ?? start;
  return { startLine: line, endLine: line, text };
}

function lineOf({ place }: Hole): number | null {
  return place === null ? null : place.range().start.line + 1;
}

/** The line of the last name of what is called. */
function lineOfName(node: SgNode): number {
  const callee = node.field('function') ?? node;
  const property = callee.field('property') ?? callee.field('attribute') ?? callee.field('field') ?? callee;
  return property.range().start.line + 1;
}

const MOST_SPELLED = 60;

/** As it is written where it is pasted (`r.URL.Query().Get("carrier")`), where that begins with the name of the source. */
function spell({ name, place }: Hole): string {
  const text = place?.text() ?? '';
  return text.startsWith(`${name}.`) && text.length <= MOST_SPELLED && !text.includes('\n') ? text : name;
}

/** "`req.query.sort`, line 11", or only the line where the value has no other name. */
function describeOrigin({ trace, name }: Hole, line: number): string {
  const [origin] = trace;
  if (!origin) return `line ${line}`;
  return origin.text === inlineCode(name) ? `line ${origin.line}` : `\`${origin.text}\`, line ${origin.line}`;
}

function nameOthers(others: readonly Pasted[], startLine: number): string {
  if (others.length === 0) return '';
  const names = others
    .slice(0, MOST_NAMED)
    .map(({ hole }) => `\`${inlineCode(hole.name)}\` (line ${lineOf(hole) ?? startLine})`);
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
  return ` Pasted into it as well: ${names.join(', ')}${more}.`;
}
