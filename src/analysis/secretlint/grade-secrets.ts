import { isToolFolder, isWorkshopFolder, mayBeSample } from '../../change/beside.ts';
import type { SourceFile } from '../../change/source-file.ts';
import type { Severity } from '../../findings/finding.ts';
import { findClient, isPublicKey } from '../../secrets/find-client.ts';
import { isDeclaredSample } from '../../secrets/is-declared-sample.ts';
import { isForged } from '../../secrets/is-forged.ts';
import type { Secret } from '../../secrets/secret.ts';
import { nameOf } from '../../text/paths.ts';

/** What the file's own name says by convention: an example, a set-up for development or tests, made-up data. */
const SEEDS = /(?:^|\/)(?:seeds?|seeders?)\//i;
const MADE_FOR =
  /(?:^|[._-])(?:examples?|samples?|templates?|tmpl|tpl|dist|defaults?|dev|devel|development|local|localhost|127\.0\.0\.1|ci|cypress|e2e|tests?|testing|mocks?|mocked|fakes?|stubs?|fixtures?|demos?|seeds?|seeders?|populate|playground|sandbox)(?=[._-]|$)/i;
/** A document shows what a set-up looks like: only what a provider gave out is surely meant for no reader. */
const DOCUMENT = /\.(?:mdx?|markdown|rst|adoc)$/i;
/** Places that a pipeline or a developer's workspace reads, fixed by the tool: what opens something there opens nothing else. */
const PIPELINE =
  /(?:^|\/)(?:\.github|\.circleci|\.devcontainer|\.gitlab|\.buildkite|\.woodpecker|\.ci)\/|(?:^|\/)(?:\.gitpod|\.gitlab-ci|\.travis|\.drone|\.woodpecker|\.cirrus|\.?appveyor|azure-pipelines|bitbucket-pipelines|cloudbuild)[\w.-]*\.ya?ml$/i;
/** What a pipeline opens outside of itself, by the name of the credential; the password of a container that it starts opens nothing else. */
const OUTSIDE =
  /DEPLOY|PROD|REGISTRY|DOCKER|NPM|PYPI|NEXUS|ARTIFACTORY|SONAR|SSH|FTP|AWS|AZURE|GCP|GCLOUD|SLACK|RELEASE|PUBLISH|SIGN|KEYSTORE|SENTRY|CODECOV|VAULT|KUBE/i;
/** Of a file in a folder that is called so: its text addresses nobody. */
const EXAMPLE_TEXT =
  /\bexample\.(?:com|org|net)\b|localhost|127\.0\.0\.1|\b(?:localtest|lvh)\.me\b|change[-_]?me|\byour[-_ ]|<your/i;

/** Go's compiler leaves such a file out of every build that is not for tests. Source: pkg.go.dev/cmd/go, "Build constraints". */
/** What other packages test with: `func NewTestAccounts() map[string]*Account`. */
const TEST_MAKER = /^func NewTest[A-Z]\w*\(/m;
const TEST_BUILD = /^\/\/go:build (?:[\w ]+&& )?(?:\w*(?:e2e|test|integration)\w*)(?: && [\w ]+)?$/m;
/** A test by what it loads, whatever it is called. */
const TEST_IMPORT =
  /^\s*(?:import|from)\b[^\n]{0,200}["'](?:vitest|@jest\/globals|node:test|@playwright\/test|cypress)["']|^\s*(?:import|from) (?:pytest|unittest)\b|^\s*"testing"\s*$/m;

const SHOWS = /\b(?:e\.?g\b|examples?\b|returns?\b|usage\b|sample\b)|>>>/i;
const EXAMPLE_KEY = /\bexamples?["']?\s*:/;
/** What the answer of an API holds, for an hour: in a comment it shows how the answer looks. */
const ANSWER = /(?:^|_)(?:access|refresh|id)_?token$/i;
/** The password of a container that stands in the same file, and that nobody reaches but its neighbours. */
const CONTAINER =
  /^(?:POSTGRES|POSTGRESQL|MYSQL|MARIADB|MONGO(?:_INITDB)?|REDIS|VALKEY|RABBITMQ|MINIO|PG|CLICKHOUSE|INFLUXDB|NEO4J|ELASTIC|KEYCLOAK|PGADMIN|GF_SECURITY)\w*$/;
const COMPOSE = /^services:/m;
/** Where words are values, and no settings of a machine. */
const CODE: ReadonlySet<SourceFile['kind']> = new Set(['typescript', 'javascript', 'python', 'go']);

interface Place extends Pick<SourceFile, 'path' | 'kind' | 'text'> {
  /** A value stands without quotes in this kind of file. */
  bare: boolean;
}

interface Range {
  from: number;
  to: number;
}

interface Grade {
  severity: Severity;
  /** It is the secret of a client. */
  client?: true;
}

/**
 * How bad it is that each credential stands at its place; null: it is not sure to be one, or nobody has to replace it. What a
 * provider gave out is critical wherever it stands. What each service makes for itself (`home`) opens nothing where the file
 * or a declaration around it says that it is made up, and little where only the neighbours of a container can use it.
 */
export function gradeSecrets(place: Place, secrets: readonly Secret[]): (Grade | null)[] {
  const { kind, text } = place;
  const isTest = kind === 'test' || TEST_IMPORT.test(text.slice(0, 5000));
  const madeUp = isTest || isMadeFor(place);
  const inPipeline = PIPELINE.test(place.path);
  const valueOf = ({ start, end }: Secret): string => text.slice(start, end);
  const reported = secrets.filter(({ report, home }) => report && (isTest || (home && !madeUp)));
  // What is a sample at one place of the file is one at every place.
  const samples = new Set(reported.filter(({ start }) => isDeclaredSample(text, start)).map(valueOf));
  const docstrings = listDocstrings(place);
  return secrets.map((secret) => {
    const value = valueOf(secret);
    if (!secret.report) return null;
    // An address that leads nowhere: `…/services/T00/B00/xxx`.
    if (value.startsWith('https:') && isForged(value)) return null;
    if (isOfPage(text, secret, value) || (secret.home && isRefused(text, secret))) return null;
    if (!secret.home)
      return !isTest ? { severity: 'critical' } : isForged(value) || samples.has(value) ? null : { severity: 'high' };
    // Of a key it is asked who reads it.
    if (isWorkshopFolder(place.path) && secret.kind !== 'private key') return null;
    const opens = inPipeline && !isTest && OUTSIDE.test(secret.label);
    // What a database is filled with to develop.
    if (SEEDS.test(place.path) && secret.kind !== 'private key') return null;
    if ((madeUp && !opens) || samples.has(value) || isShown(place, secret, docstrings)) return null;
    if (secret.guessable && (isTest || !CODE.has(kind) || mayBeSample(place.path) || isToolFolder(place.path)))
      return null;
    if (isPublicKey(text, secret.start, secret.label)) return null;
    const client = isTest ? null : findClient(text, secret.start, secret.label);
    if (client === 'app') return null;
    return { severity: gradeOwn(secret, place), ...(client !== null && { client: true }) };
  });
}

/**
 * The key that the pages of YouTube hand to every browser: `…/youtubei/v1/search?key=AIza…`; or that of an app of Firebase beside its
 * id, which names the project and opens nothing. Source: firebase.google.com/docs/projects/api-keys.
 */
function isOfPage(text: string, { start, end }: Secret, value: string): boolean {
  if (!value.startsWith('AIza')) return false;
  const isYoutube = /\/youtubei\/[^\s"'`]*$/.test(text.slice(Math.max(0, start - 200), start));
  return isYoutube || FIREBASE.test(text.slice(Math.max(0, start - 600), end + 600));
}

const FIREBASE = /\b1:\d{6,15}:(?:web|android|ios):[0-9a-f]{8}|\b[\w-]+\.firebaseapp\.com\b|messaging_?sender_?id/i;

/** `if key == 'the default': raise …`: who left it at that is sent away. One that is asked for with `!=` lets somebody in. */
function isRefused(text: string, { start, end }: Secret): boolean {
  const isCompared = /[^!=<>]={2,3}\s{0,5}[bBrR]?["'`]$/.test(text.slice(Math.max(0, start - 20), start));
  if (!isCompared) return false;
  const behind = text.slice(end, end + 400).split(/\n\s*\n|\n\s*(?:else|elif)\b|\n\s*\}/, 1)[0] ?? '';
  return /\bexit\(|\bExit\(|^\s*raise\b|\bthrow\s|\bpanic\(|\babort\(|\.Fatal/m.test(behind);
}

function gradeOwn({ kind, near, label, guessable }: Secret, { path, text }: Place): Severity {
  // Without its password it opens nothing.
  if (kind === 'private key' && /ENCRYPTED/.test(label)) return 'medium';
  // Made for machines of developers, as the folder says: perhaps.
  if (kind === 'private key' && mayBeSample(path)) return 'high';
  if (guessable) return guessable === 'signing' ? 'high' : 'medium';
  if (kind === 'private key' || near === false) return 'critical';
  return near || (CONTAINER.test(label) && COMPOSE.test(text)) ? 'medium' : 'high';
}

function isMadeFor({ path, kind, text }: Place): boolean {
  return (
    MADE_FOR.test(nameOf(path)) ||
    PIPELINE.test(path) ||
    DOCUMENT.test(path) ||
    (mayBeSample(path) && EXAMPLE_TEXT.test(text)) ||
    (kind === 'go' && (TEST_BUILD.test(text.slice(0, 2000)) || TEST_MAKER.test(text)))
  );
}

/** Said of the image by a rule of its own, or shown as it would be set: in a comment, as an example of an API. */
function isShown({ kind, text, bare }: Place, { start, label }: Secret, docstrings: readonly Range[]): boolean {
  // In a configuration a line behind a comment sign shows how it would be set.
  const before = text.slice(Math.max(0, start - 400), start);
  if (bare && /^\s*[#;]/.test(before.slice(before.lastIndexOf('\n') + 1))) return true;
  if (kind === 'openapi' && EXAMPLE_KEY.test(text.slice(Math.max(0, start - 3000), start))) return true;
  if (ANSWER.test(label) && isInComment(text, start, docstrings)) return true;
  // A docstring shows what is given and what comes back.
  const doc = docstrings.find(({ from, to }) => from < start && start < to);
  if (doc && SHOWS.test(text.slice(doc.from, start))) return true;
  return kind === 'dockerfile' && /^[A-Z][A-Z0-9_]*$/.test(label);
}

/** In a comment, quoted as JSON has it: `// "access_token": "…"`, or a line of a comment or a docstring with the whole answer. */
function isInComment(text: string, at: number, docstrings: readonly Range[]): boolean {
  const before = text.slice(Math.max(0, at - 3000), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (!/(["'])\s*:\s*\1$/.test(line)) return false;
  if (/^\s*(?:\/\/|#|\*)/.test(line)) return true;
  return (
    /^\s*[{"']/.test(line) &&
    (before.lastIndexOf('/*') > before.lastIndexOf('*/') || docstrings.some(({ from, to }) => from < at && at < to))
  );
}

/** The texts that definitions begin with, or that stand above them, by their places. Sources: PEP 257; jsdoc.app. */
function listDocstrings({ kind, text }: Pick<Place, 'kind' | 'text'>): Range[] {
  const found: Range[] = [];
  if (kind === 'typescript' || kind === 'javascript')
    for (const { index } of text.matchAll(/^[ \t]{0,40}\/\*\*(?=\s)/gm)) {
      const to = text.indexOf('*/', index);
      if (to === -1) break;
      found.push({ from: index, to });
    }
  if (kind !== 'python') return found;
  for (const { 0: whole, index } of text.matchAll(/"""[\s\S]*?"""|'''[\s\S]*?'''/g))
    if (/:[ \t]*\n\s*[rRuU]?$/.test(text.slice(Math.max(0, index - 200), index)))
      found.push({ from: index, to: index + whole.length });
  return found;
}
