import { resolve } from 'node:path';
import { loadAgents } from '../agents/load-agents.ts';
import { loadFlowData } from '../analysis/load-flow-data.ts';
import type { SourceFile } from '../change/source-file.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { readFacts } from '../facts/read-facts.ts';
import { listSubject } from '../local/list-subject.ts';
import { readSource } from '../pipeline/read-source.ts';
import { describeReason } from '../render/describe-reason.ts';
import { type Below, seenFrom } from '../report/seen-from.ts';
import { limitPaths } from '../scope/apply-config.ts';
import { because } from '../scope/reasons.ts';
import { decideSelection, type Selection } from '../scope/select.ts';
import { judgeVendored } from '../surroundings/by-name/judge-vendored.ts';
import { nameUsedTests } from '../surroundings/by-name/name-used-tests.ts';
import { VERSION } from '../version.ts';
import { type FactsReport, renderFacts } from './render-facts.ts';

/** `facts`: what the code of files and folders says about itself, under the limits of `scan`. */
export async function runFacts(
  paths: readonly string[],
  { repo, format }: { repo: string; format: 'text' | 'json' },
): Promise<number> {
  const report = await collectFacts(resolve(repo), paths);
  process.stdout.write(format === 'json' ? `${JSON.stringify(toJson(report), null, 2)}\n` : renderFacts(report));
  return report.left.some(({ clipped }) => clipped) || report.clipped ? 3 : 0;
}

async function collectFacts(root: string, paths: readonly string[]): Promise<FactsReport> {
  const agent = loadAgents().get(DEFAULT_AGENT);
  if (!agent) throw new AppError('AGENT_INVALID', `no agent ${DEFAULT_AGENT}`);
  const { change, snapshot, settings, named, below } = await listSubject(root, paths);
  const { wanted } = limitPaths(change, settings.config, settings.locate);
  const vendored = await judgeVendored(wanted, null, true);
  const chosen = wanted.files.flatMap(({ path }) => {
    const selection = decideSelection(path, { testsAreCode: named?.has(path), vendored: vendored.get(path) });
    return 'kind' in selection && (isProgram(selection) || selection.unlessUsed) ? [{ path, selection }] : [];
  });
  const contents = await snapshot.readHead(chosen.map(({ path }) => path));
  const sources: SourceFile[] = [];
  const left: FactsReport['left'][number][] = [];
  for (const { path, selection } of chosen) {
    const source = readSource(path, selection, contents.get(path) ?? { kind: 'absent' });
    const code = typeof source === 'string' ? source : source.unjudged === 'MINIFIED' ? 'MINIFIED' : null;
    if (typeof source !== 'string' && code === null) sources.push(source);
    else if (isProgram(selection) && code !== null && code !== 'FRONT_END' && code !== 'BUILT')
      left.push({ path, reason: describeReason(because(code)) ?? '', clipped: because(code).status === 'clipped' });
  }
  const files = (await nameUsedTests(sources, null)).filter(({ kind }) => PROGRAMS.has(kind));
  const data = loadFlowData(agent.name, new Set(agent.principles.map(({ id }) => id)), []);
  const { facts: read, left: unread, clipped } = await readFacts(files, data);
  // Which version of a library runs, the code does not say.
  const facts = { ...read, slips: read.slips.filter(({ kind }) => kind !== 'rejection-unheard') };
  const seen = { facts, left: [...left, ...unread.map((one) => ({ ...one, clipped: true }))] };
  return { ...seePlaces(seen, below), files: files.length, clipped };
}

/** Each place as whoever gave the command opens it. The path of a route is no place. */
function seePlaces<Value>(value: Value, below: Below | undefined): Value {
  if (below === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => seePlaces(one, below)) as Value;
  const entries = Object.entries(value).map(([key, one]) => [key, seePlaces(one, below)]);
  const seen = Object.fromEntries(entries);
  const isPlace = typeof seen.path === 'string' && ('startLine' in seen || 'reason' in seen);
  return isPlace ? { ...seen, path: seenFrom(below, seen.path) } : seen;
}

/** A file of a program that runs: no test, nothing that a tool wrote. */
function isProgram({ kind, unjudged }: Extract<Selection, { kind: unknown }>): boolean {
  return PROGRAMS.has(kind) && unjudged === undefined;
}

const PROGRAMS: ReadonlySet<string> = new Set(['typescript', 'javascript', 'python', 'go']);

/** Schema version 1. New keys may be added; none is taken away. */
function toJson({ facts, files, left, clipped }: FactsReport): unknown {
  return {
    schemaVersion: 1,
    tool: { name: 'backend-dev', version: VERSION },
    ...facts,
    // A route has its own.
    statuses: undefined,
    coverage: {
      files,
      complete: !clipped && left.length === 0,
      left: left.map(({ path, reason }) => ({ path, reason })),
    },
  };
}
