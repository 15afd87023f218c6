import type { SgNode } from '@ast-grep/napi';
import type { SourceFile } from '../../change/source-file.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { RuleLanguage } from '../languages.ts';
import { withAsciiClasses } from '../rules/ascii-classes.ts';
import { createBudget } from './budget.ts';
import { type Call, type Dialect } from './dialect.ts';
import { go } from './dialects/go.ts';
import { python } from './dialects/python.ts';
import { typescript } from './dialects/typescript.ts';
import { createEvaluation, evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import type { Flow, Sink } from './flow.ts';
import { compileMayMatch } from './may-match.ts';
import { type CompiledFlow, compileFlow, type Pasted, pickPasted } from './pick.ts';
import { describeFound, type Found } from './report.ts';
import { isSink, listAliases, listArguments } from './sinks.ts';

const DIALECTS: Record<RuleLanguage, Dialect> = { typescript, python, go };

/** Of one file; each costs work at every later step. */
const MOST_FOUND = 600;

export interface FlowTable {
  language: RuleLanguage;
  dialect: Dialect;
  flows: CompiledFlow[];
  /** The file can hold a sink at all: a cheap test before parsing. */
  mayMatch: (text: string) => boolean;
  /** The last name of every sink, for one scan of the tree. */
  names: string;
}

export interface FlowResult {
  findings: RawFinding[];
  /** The file asks for more work than a file may cost: what was found is right, what was not looked at is unknown. */
  clipped: boolean;
}

export function compileFlows(flows: readonly Flow[], language: RuleLanguage): FlowTable {
  const compiled = flows.flatMap((flow) => {
    const table = flow.languages[language];
    return table ? [compileFlow(flow, table)] : [];
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

/** Reports every text that is built from outside data and reaches a sink, once. */
export function runFlows(table: FlowTable, root: SgNode, file: SourceFile): FlowResult {
  const { dialect } = table;
  const budget = createBudget();
  let made: FileIndex | null = null;
  const index = (): FileIndex => (made ??= indexFile(root, dialect, table.language));
  const runs = table.flows.map((one) => ({
    one,
    run: createEvaluation({ dialect, flow: one.language, text: file.text, index, budget }),
    aliases: listAliases(file.text, one.language.sinks),
  }));
  const aliases = new Set(runs.flatMap((each) => [...each.aliases]));
  const regex = [table.names, ...[...aliases].map((alias) => `^${escapeRegExp(alias)}$`)].join('|');
  const kinds = dialect.callKinds.map((kind) => ({ kind, has: { field: 'function', regex } }));
  const found: Found[] = [];
  for (const node of root.findAll(withAsciiClasses({ rule: { any: kinds } }))) {
    if (found.length >= MOST_FOUND) budget.clip();
    if (budget.empty || found.length >= MOST_FOUND) break;
    const call = dialect.readCall(node);
    if (!call) continue;
    for (const { one, run, aliases: others } of runs) {
      budget.nextSink();
      const hit = findHit(one, run, others, node, call);
      if (hit) found.push(hit);
    }
  }
  return { findings: dropSamePlace(found).map((one) => describeFound(one, file)), clipped: budget.clipped };
}

function findHit(
  one: CompiledFlow,
  run: Evaluation,
  aliases: ReadonlySet<string>,
  node: SgNode,
  call: Call,
): Found | null {
  const known = aliases.has(call.callee);
  for (const sink of one.language.sinks) {
    if (call.name !== sink.call && !(known && sink.from)) continue;
    const candidates = listArguments(sink, call).filter((argument) => !isConstant(argument));
    if (candidates.length === 0 || !isSink(run, sink, call, node)) continue;
    const hit = findPasted(one, run, sink, call);
    if (hit) return { one, sink, node, call, ...hit };
  }
  return null;
}

/** The first argument that holds text is the statement; what comes after it are its values. */
function findPasted(
  one: CompiledFlow,
  run: Evaluation,
  sink: Sink,
  call: Call,
): { argument: SgNode; pasted: [Pasted, ...Pasted[]] } | null {
  for (const argument of listArguments(sink, call)) {
    const value = evaluate(run, argument);
    const [first, ...others] = pickPasted(one, sink, value);
    if (first) return { argument, pasted: [first, ...others] };
    if (value.parts.some((part) => part.kind === 'text')) return null;
  }
  return null;
}

function isConstant(node: SgNode): boolean {
  if (!/^(string|template_string|interpreted_string_literal|raw_string_literal)$/.test(String(node.kind())))
    return false;
  return !node.children().some((child) => child.kind() === 'template_substitution' || child.kind() === 'interpolation');
}

/** A text that is built once and runs at ten places is one flaw, at the place where it is built. */
function dropSamePlace(found: readonly Found[]): Found[] {
  const key = ({ one, node, pasted: [{ hole }] }: Found): string =>
    `${one.flow.id} ${(hole.builtIn ?? node).id()} ${hole.name}`;
  return [...new Map([...found].reverse().map((each) => [key(each), each])).values()].reverse();
}
