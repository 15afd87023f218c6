import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Content, Snapshot } from '../change/change.ts';
import type { SourceFile } from '../change/source-file.ts';
import type { RawFinding } from '../findings/finding.ts';
import { memo } from '../languages/memo.ts';
import { editFindings, listFound } from './edit-findings.ts';

/** A client of another service, which has laid down what it takes. */
const CLIENT = /(?:^|\/)(?:sdk\w*|\w+[-_]sdk|third[-_]?party\w*)\//i;
const PRESCRIBED = new Set([
  'broken-hash',
  'weak-password-hash',
  'weak-cipher',
  'repeated-nonce',
  'cleartext-protocol',
]);
/** What stands in for the real one, by its name. */
const STAND_IN = /^_?(?:Null|Mock(?:ed)?|Fake|Stub|Dummy|No-?[oO]p)(?=[A-Z])|[a-z](?:Mock|Fake|Stub)$/;
const HEADER = /^(?:(?:export|default|abstract)\s+)*class\s+(\w+)|^func\s+\(\s*(?:\w+\s+)?\*?(\w+)/;
/** Source: pkg.go.dev/cmd/go, "Generate Go files": it may stand anywhere before the first text that is no comment. */
const GENERATED = /^\/\/ Code generated .* DO NOT EDIT\.$/m;
const OWNERS = ['go.mod', 'package.json'];

/**
 * What its place makes doubtful, which only a reader decides: a broken algorithm in a client of another service; a class that stands
 * in for another; code that a tool writes anew. Whoever hides something gains nothing: what comes by a path from a request, a
 * credential, and of generated code what is worse than medium stays as sure as it was. Without actions of the project's own owner.
 */
export async function doubtByPlace(
  analyses: readonly FileAnalysis[],
  sources: readonly SourceFile[],
  snapshot: Snapshot,
): Promise<FileAnalysis[]> {
  const files = new Map(sources.map((one) => [one.path, one]));
  const isAction = ({ ruleId }: RawFinding): boolean => ruleId === 'workflow-action-not-pinned';
  const owners = analyses.flatMap(listFound).some(isAction)
    ? listOwners(await snapshot.readBase(OWNERS))
    : new Set<string>();
  return await editFindings(
    analyses,
    () => true,
    async (finding, path) => {
      const owner = isAction(finding) ? /uses:\s*["']?([\w-]+)\//.exec(finding.evidence)?.[1] : undefined;
      if (owner !== undefined && owners.has(owner.toLowerCase())) return null;
      return isDoubtful(finding, path, files.get(path)) ? { ...finding, confidence: 'low' } : finding;
    },
  );
}

function isDoubtful(
  { ruleId, source, severity, trace, startLine }: RawFinding,
  path: string,
  file: SourceFile | undefined,
): boolean {
  if (PRESCRIBED.has(ruleId) && CLIENT.test(path)) return true;
  if (!file || source === 'secretlint' || trace.length > 0) return false;
  if (path.endsWith('.go') && ['medium', 'low'].includes(severity) && isGenerated(file.text)) return true;
  return STAND_IN.test(classAround(linesOf(file), startLine));
}

function isGenerated(text: string): boolean {
  const at = text.search(/^package\s/m);
  return at > 0 && GENERATED.test(text.slice(0, Math.min(at, 10_000)));
}

/** Asked with each finding of a file. */
const linesOf = memo(({ text }: SourceFile): readonly string[] => text.split('\n'));

/** By the nearest line above that is not indented. */
function classAround(lines: readonly string[], line: number): string {
  const header = HEADER.exec(lines.slice(0, line).findLast((one) => /^\w/.test(one)) ?? '');
  return header?.[1] ?? header?.[2] ?? '';
}

/** Of whom the project is, as its manifests say. */
function listOwners(contents: ReadonlyMap<string, Content>): Set<string> {
  const texts = [...contents.values()].map((one) => (one.kind === 'text' ? one.text : '')).join('\n');
  const found = texts.matchAll(
    /^module\s+github\.com\/([\w-]+)\/|"name"\s*:\s*"@([\w-]+)\/|"(?:url|repository)"\s*:\s*"(?:[^"]*github\.com[/:]|github:)?([\w-]+)\/[\w.-]+"/gm,
  );
  return new Set([...found].flatMap((one) => one.slice(1).flatMap((name) => name?.toLowerCase() ?? [])));
}
