import { loadAgents } from '../../../src/agents/load-agents.ts';
import { analyseFile } from '../../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../../src/analysis/create-analysers.ts';
import type { FileAnalysis } from '../../../src/analysis/process/task.ts';
import type { SourceFile } from '../../../src/change/source-file.ts';
import { diffTexts } from '../../../src/diff/diff-texts.ts';
import { pickNew } from '../../../src/findings/base-finding.ts';
import type { RawFinding } from '../../../src/findings/finding.ts';
import { fingerprintFindings } from '../../../src/findings/fingerprint.ts';
import { placeFindings } from '../../../src/findings/place.ts';
import { decideSelection } from '../../../src/scope/select.ts';

const [agent] = [...loadAgents().values()].filter(({ name }) => name === 'backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));

type Analysed = FileAnalysis['outcomes'][number] & Pick<FileAnalysis, 'before'>;

export async function analyse(
  path: string,
  base: string,
  head: string,
  more: Pick<SourceFile, 'foreign'> = {},
): Promise<Analysed> {
  const selection = decideSelection(path);
  if (!('kind' in selection)) throw new Error(`${path} is not selected`);
  const file = { path, kind: selection.kind, text: head, hunks: diffTexts(base, head), ...more };
  const { outcomes, before } = await analyseFile(analysers, file);
  const found = outcomes.find(({ analyser }) => analyser === 'contracts');
  if (!found) throw new Error(`${path} is not compared`);
  return { ...found, before };
}

/** What is found between two texts and not in the first alone, and fails where not all was compared. */
export async function findBreaks(...args: Parameters<typeof analyse>): Promise<RawFinding[]> {
  const [, base, head] = args;
  const { outcome, before } = await analyse(...args);
  if (outcome.status !== 'analysed') throw new Error(outcome.reason);
  const { findings } = outcome;
  const fresh = pickNew(findings, before ?? [], diffTexts(base, head) ?? []);
  return findings.filter((one) => fresh.has(one));
}

/** Where each is said: `LEFT 7-8 api-operation-removed`. */
export async function listPlaces(path: string, base: string, head: string): Promise<string[]> {
  const hunks = diffTexts(base, head);
  const found = fingerprintFindings(await findBreaks(path, base, head));
  return placeFindings(found, hunks, new Set(found)).map(
    ({ side, startLine, endLine, ruleId }) => `${side} ${startLine}-${endLine} ${ruleId}`,
  );
}
