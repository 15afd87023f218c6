import { loadAgents } from '../agents/load-agents.ts';
import { loadFlowData } from '../analysis/flows/load-flow-data.ts';
import type { Content } from '../change/change.ts';
import { showsServerCode } from '../change/server-code.ts';
import { DEFAULT_AGENT } from '../config/repository-config.ts';
import { AppError } from '../errors.ts';
import { readFacts } from '../facts/read-facts.ts';
import { listSubject } from '../local/list-subject.ts';
import { describeReason } from '../render/describe-reason.ts';
import { limitPaths } from '../scope/apply-config.ts';
import { because, type ReasonCode } from '../scope/reasons.ts';
import { decideClip, decideSelection } from '../scope/select.ts';
import { VERSION } from '../version.ts';
import { type FactsReport, renderFacts } from './render-facts.ts';

/** `facts`: what the code of files and folders says about itself, under the limits of `scan`. */
export async function runFacts(paths: readonly string[], { format }: { format: 'text' | 'json' }): Promise<number> {
  const report = await collectFacts(process.cwd(), paths);
  process.stdout.write(format === 'json' ? `${JSON.stringify(toJson(report), null, 2)}\n` : renderFacts(report));
  return report.left.some(({ clipped }) => clipped) || report.clipped ? 3 : 0;
}

async function collectFacts(root: string, paths: readonly string[]): Promise<FactsReport> {
  const agent = loadAgents().get(DEFAULT_AGENT);
  if (!agent) throw new AppError('AGENT_INVALID', `no agent ${DEFAULT_AGENT}`);
  const { change, snapshot, settings, named } = await listSubject(root, paths);
  const { wanted } = limitPaths(change, settings.config, settings.locate);
  const chosen = wanted.files.map(({ path }) => path).filter((path) => isProgram(path, named?.has(path) ?? false));
  const contents = await snapshot.readHead(chosen);
  const files: { path: string; text: string }[] = [];
  const left: FactsReport['left'][number][] = [];
  for (const path of chosen) {
    const read = readText(path, contents.get(path) ?? { kind: 'absent' });
    if ('text' in read) files.push({ path, text: read.text });
    else if (read.code !== 'FRONT_END' && read.code !== 'BUILT')
      left.push({
        path,
        reason: describeReason(because(read.code)) ?? '',
        clipped: because(read.code).status === 'clipped',
      });
  }
  const data = loadFlowData(agent.name, new Set(agent.principles.map(({ id }) => id)), []);
  const { facts, left: unread, clipped } = await readFacts(files, data);
  return { facts, files: files.length, left: [...left, ...unread.map((one) => ({ ...one, clipped: true }))], clipped };
}

/** A file of a program that runs: no test, nothing that a tool wrote. */
function isProgram(path: string, isNamed: boolean): boolean {
  const selection = decideSelection(path, isNamed);
  return 'kind' in selection && PROGRAMS.has(selection.kind) && selection.unjudged === undefined;
}

const PROGRAMS: ReadonlySet<string> = new Set(['typescript', 'javascript', 'python', 'go']);

const UNREAD: Record<Exclude<Content['kind'], 'text'>, ReasonCode> = {
  absent: 'UNREADABLE',
  'too-large': 'TOO_LARGE',
  binary: 'BINARY',
  symlink: 'SYMLINK',
  submodule: 'SUBMODULE',
};

function readText(path: string, content: Content): { text: string } | { code: ReasonCode } {
  if (content.kind !== 'text') return { code: UNREAD[content.kind] };
  const { text } = content;
  const selection = decideSelection(path);
  if ('kind' in selection && selection.onlyServerCode && !showsServerCode(text))
    return { code: selection.onlyServerCode };
  const clip = decideClip(path, text);
  return clip === null ? { text } : { code: clip };
}

/** Schema version 1. New keys may be added; none is taken away. */
function toJson({ facts, files, left, clipped }: FactsReport): unknown {
  return {
    schemaVersion: 1,
    tool: { name: 'backend-dev', version: VERSION },
    ...facts,
    coverage: {
      files,
      complete: !clipped && left.length === 0,
      left: left.map(({ path, reason }) => ({ path, reason })),
    },
  };
}
