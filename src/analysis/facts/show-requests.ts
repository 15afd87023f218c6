import type { SourceFile } from '../../change/source-file.ts';
import type { Facts } from '../../facts/facts.ts';
import { showRequest } from '../../facts/read/show-request.ts';
import type { RawFinding } from '../../findings/finding.ts';
import type { FlowClass } from '../../flows/data/flow-class.ts';
import type { ProgramFlows } from '../../flows/find-program-flows.ts';

/** Findings with the request, or message, that shows them, where all of it is known. */
export async function showRequests(
  findings: readonly RawFinding[],
  entries: ProgramFlows['entries'],
  classes: readonly FlowClass[],
  read: () => Promise<Facts>,
): Promise<RawFinding[]> {
  const values = new Map(classes.flatMap(({ id, request }) => (request ? [[id, request] as const] : [])));
  // The look at one function may have found the same flaw on the same line, and says it.
  const byPlace = new Map([...entries].map(([one, entry]) => [placeOf(one), entry]));
  const shown = findings.map((finding) => {
    const entry = entries.get(finding) ?? byPlace.get(placeOf(finding));
    const value = values.get(finding.ruleId);
    return { finding, ask: entry && value ? { entry, value } : null };
  });
  if (shown.every(({ ask }) => ask === null)) return [...findings];
  const facts = await read();
  return shown.map(({ finding, ask }) => {
    const request = ask && showRequest(ask.entry, facts, ask.value);
    return request ? { ...finding, request } : finding;
  });
}

function placeOf({ ruleId, path, startLine }: RawFinding): string {
  return `${ruleId} ${path} ${startLine}`;
}

/** The same of several that are looked at in one program: what each of them is stands for what lies beside the others. */
export function filesOfAll(looked: readonly { file: SourceFile }[]): readonly { path: string; text: string }[] {
  const files = new Map(looked.map(({ file }) => [file.path, file as { path: string; text: string }]));
  for (const { file } of looked)
    for (const one of file.beside ?? []) if (!files.has(one.path)) files.set(one.path, one);
  return [...files.values()];
}

/** The files that an analyser sees. */
export function filesOf(file: SourceFile): readonly { path: string; text: string }[] {
  return [file, ...(file.beside ?? [])];
}
