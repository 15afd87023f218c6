import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Content, Snapshot } from '../change/change.ts';
import type { SourceFile } from '../change/source-file.ts';
import type { RawFinding } from '../findings/finding.ts';
import { memo } from '../languages/memo.ts';
import { codeOf } from '../text/code-of.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { indentOf } from '../text/indent-of.ts';
import { createIsBrought, type IsBrought } from './brought-along.ts';
import { isEmptyOfSecrets } from './copied-settings.ts';
import { editFindings, listFound } from './edit-findings.ts';
import { listFilledIn } from './filled-in.ts';
import { dropNewComments, isExplainedBeside, isLaidDownBeside, isSaidToBeWritten } from './said-beside.ts';

/** A client of another service. That service prescribes what it accepts. */
const CLIENT =
  /(?:^|\/)(?:sdk\w*|\w+[-_]sdk|third[-_]?party\w*|integrations?|extractors?|downloaders?|hosters?|plugins\/(?:accounts|containers|decrypters|crypters))\//i;
const PRESCRIBED = new Set([
  'broken-hash',
  'weak-password-hash',
  'cheap-password-hash',
  'weak-cipher',
  'repeated-nonce',
  'cleartext-protocol',
]);
/** A hash that is handed to another service, some lines further: that service has laid down which one. */
const SENDS =
  /\b(?:requests?|httpx|axios|got|session|client|http)\.(?:get|post|put|request|Get|Post|PostForm|NewRequest\w*)\(|\b(?:fetch|urlopen)\(|\w*_?(?:api|auth|login)_?(?:request|query|call)\w*\(/i;
/** A name, or a field, that is given something: `digest = …`, `user.password = …`, `form["sign"] = …`. */
const GIVES =
  /^\s*(?:const\s+|let\s+|var\s+)?([\w.]+)(?:\[[^\]]*\])?(?:\s*:\s*[\w.[\]]+|,\s*\w+)?\s*(?:[-+.]|:)?=(?!=)/;
const HASHED = new Set(['broken-hash', 'weak-password-hash', 'cheap-password-hash']);
/** As far as a function goes on after it has hashed what it sends. */
const LINES_TO_SENDING = 12;
/** What others have encrypted can only be read as they did it. */
const ENCRYPTED = new Set(['weak-cipher', 'repeated-nonce']);
const DECRYPTS = /decrypt|decipher/i;
const ENCRYPTS = /encrypt(?!ed)|createCipher|\bseal\b/i;
/** What stands there in clear text is as dangerous wherever it lies. */
const CREDENTIAL = /secret|password-in|credential|hard-coded/;
/** What stands in for the real one, by its name. */
const STAND_IN = /^_?(?:Null|Mock(?:ed)?|Fake|Stub|Dummy|No-?[oO]p)(?=[A-Z])|[a-z](?:Mock|Fake|Stub)$/;
const HEADER = /^(?:(?:export|default|abstract)\s+)*class\s+(\w+)|^func\s+\(\s*(?:\w+\s+)?\*?(\w+)/;
/** Source: pkg.go.dev/cmd/go, "Generate Go files": it may stand anywhere before the first text that is no comment. */
const GENERATED = /^\/\/ Code generated .* DO NOT EDIT\.$/m;
/** Pages about the product, made when they are built. */
const SITE =
  /^(?:apps|packages|sites)\/(?:web-?site|landing(?:[-_]page)?|docs?|marketing|www|homepage|blog)\/|^(?:web-?site|landing(?:[-_]page)?|marketing|docs?)\/|(?:^|\/)\.(?:vitepress|vuepress|docusaurus)\//i;
const OWNERS = ['go.mod', 'package.json', 'pyproject.toml', 'setup.py', 'setup.cfg'];
/** An image that its path gives to tests or to the work on the project: what serves may be made of it all the same. */
const WORKSHOP_IMAGE =
  /(?:^|[/._-])(?:tests?|testing|dev|devel(?:op(?:ment)?)?|local|ci|e2e|debug|demos?|demo-?server|examples?|samples?)(?:[/._-][^\n]*)?(?:docker|container)file|(?:docker|container)file[^/]*[._-](?:tests?|testing|dev|devel(?:op(?:ment)?)?|local|ci|e2e|debug|demos?|demo-?server|examples?|samples?)(?:[._-]|$)/i;

/**
 * What its place makes doubtful, which only a reader decides: a broken algorithm where another service, or who has encrypted it,
 * decides; a package of others that lies in the tree; a class that stands in for another; code that a tool writes anew; what a comment
 * beside it explains that this change does not bring; pages about the product; what is copied for each new plugin. Whoever hides something gains nothing: what comes by a path
 * from a request (but in a package that is recorded as installed), a credential, the worst, and of generated code and of such pages
 * what is worse than medium stays as sure as it was. Without actions of the project's own owner, and files of settings that stand there
 * and hold no credential.
 */
export async function doubtByPlace(
  analyses: readonly FileAnalysis[],
  sources: readonly SourceFile[],
  snapshot: Snapshot,
  listTree: () => Promise<readonly string[]>,
): Promise<FileAnalysis[]> {
  const files = new Map(sources.map((one) => [one.path, one]));
  const isAction = ({ ruleId }: RawFinding): boolean => ruleId === 'workflow-action-not-pinned';
  const owners = analyses.flatMap(listFound).some(isAction)
    ? listOwners(await snapshot.readBase(OWNERS))
    : new Set<string>();
  const found = analyses.filter((one) => listFound(one).length > 0).map(({ path }) => path);
  const isBrought = await createIsBrought(found, listTree);
  const filledIn = await listFilledIn(found, listTree);
  return await editFindings(
    analyses,
    () => true,
    async (finding, path) => {
      const owner = isAction(finding) ? /uses:\s*["']?([\w-]+)\//.exec(finding.evidence)?.[1] : undefined;
      if (owner !== undefined && owners.has(owner.toLowerCase())) return null;
      if (finding.ruleId === 'secret-file-in-image' && (await isEmptyOfSecrets(finding, path, snapshot, listTree)))
        return null;
      return isOfOthers(finding, isBrought(path)) || isDoubtful(finding, path, files.get(path), filledIn.has(path))
        ? { ...finding, confidence: 'low' }
        : finding;
    },
  );
}

/** A path from a request is believed there as well, if the package is not known: a handler may lie in that folder. */
function isOfOthers({ ruleId, source, trace }: RawFinding, brought: ReturnType<IsBrought>): boolean {
  if (brought === null || source === 'secretlint' || CREDENTIAL.test(ruleId)) return false;
  return brought === 'surely' || trace.length === 0;
}

function isDoubtful(
  { ruleId, source, severity, trace, startLine }: RawFinding,
  path: string,
  file: SourceFile | undefined,
  isFilledIn: boolean,
): boolean {
  if (PRESCRIBED.has(ruleId) && CLIENT.test(path)) return true;
  if (file && isLaidDown(ruleId, file, startLine)) return true;
  if (ruleId === 'container-runs-as-root' && WORKSHOP_IMAGE.test(path)) return true;
  if (!file || source === 'secretlint' || trace.length > 0) return false;
  if (['medium', 'low'].includes(severity) && isGenerated(path, file)) return true;
  if (severity !== 'critical' && !CREDENTIAL.test(ruleId) && isExplainedBeside(saidIn(file), startLine)) return true;
  if (['medium', 'low'].includes(severity) && (isFilledIn || SITE.test(path))) return true;
  return STAND_IN.test(classAround(linesOf(file), startLine));
}

/** By what its function does besides, or says: another service, or whoever has encrypted it, decides how it is done. */
function isLaidDown(ruleId: string, file: SourceFile, line: number): boolean {
  if (!HASHED.has(ruleId) && !ENCRYPTED.has(ruleId)) return false;
  if (isLaidDownBeside(saidIn(file), line)) return true;
  return HASHED.has(ruleId) ? isSent(linesOf(file), line) : onlyDecrypts(file);
}

/** What is made in this line, or of it, is a part of what is sent further on in the function. */
function isSent(lines: readonly string[], line: number): boolean {
  const indent = indentOf(lines[line - 1] ?? '');
  const made: string[] = [];
  let whole = '';
  for (const [index, one] of lines.slice(line - 1, line + LINES_TO_SENDING).entries()) {
    if (index > 0 && one.trim() !== '' && indentOf(one) < indent) return false;
    whole += `${one}\n`;
    if (isOpen(whole)) continue;
    const text = codeOf(whole);
    whole = '';
    if (made.length > 0 && !new RegExp(`(?<![\\w.])(?:${made.join('|')})(?!\\w)`).test(text)) continue;
    if (SENDS.test(text)) return true;
    const name = GIVES.exec(text)?.[1];
    if (name !== undefined) made.push(escapeRegExp(name));
    else if (made.length === 0) return false;
  }
  return false;
}

/** A bracket is not closed yet. */
function isOpen(text: string): boolean {
  return (text.match(/[([{]/g)?.length ?? 0) > (text.match(/[)\]}]/g)?.length ?? 0);
}

const onlyDecrypts = memo(({ text }: SourceFile): boolean => {
  const code = codeOf(text);
  return DECRYPTS.test(code) && !ENCRYPTS.test(code);
});

/** Who wants it otherwise changes what writes it, mostly in another repository. */
function isGenerated(path: string, file: SourceFile): boolean {
  if (/\.ya?ml$/.test(path)) return isSaidToBeWritten(saidIn(file));
  const at = path.endsWith('.go') ? file.text.search(/^package\s/m) : -1;
  return at > 0 && GENERATED.test(file.text.slice(0, Math.min(at, 10_000)));
}

/** Asked with each finding of a file. */
const saidIn = memo(({ text, hunks }: SourceFile): readonly string[] => dropNewComments(text, hunks));
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
    /^module\s+github\.com\/([\w-]+)\/|"name"\s*:\s*"@([\w-]+)\/|"(?:url|repository)"\s*:\s*"(?:[^"]*github\.com[/:]|github:)?([\w-]+)\/[\w.-]+"|^\s*["']?(?:url|home-?page|repository|source(?:[ -]code)?)["']?\s*[=:]\s*["']?https:\/\/github\.com\/([\w-]+)\//gim,
  );
  return new Set([...found].flatMap((one) => one.slice(1).flatMap((name) => name?.toLowerCase() ?? [])));
}
