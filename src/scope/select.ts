import type { FileKind } from '../change/source-file.ts';
import { lastPart } from '../text/last-part.ts';
import { createGlobMatcher } from '../text/match-globs.ts';
import { nameOf } from '../text/paths.ts';
import { engineOf } from '../text/view-engine.ts';
import type { ReasonCode } from './reasons.ts';

/**
 * What a path alone says. `onlyServerCode`: the path looks like the front end or a build, which is no proof, so the text decides;
 * a text without server code is left out for this reason. `unlessTested`: only its own name says that it is a test; a text that tests
 * nothing is looked at as this. `unlessUsed`: its folder or its name alone says that it is a test; what the service imports is looked
 * at as this. `unjudged`: its name says that a tool wrote it, or the change that others did.
 */
export type Selection =
  | {
      kind: FileKind;
      onlyServerCode?: 'FRONT_END' | 'BUILT';
      unlessTested?: FileKind;
      unlessUsed?: FileKind;
      unjudged?: 'GENERATED' | 'VENDORED_NEW';
    }
  | { reasonCode: ReasonCode };

/** What is known besides the path. */
interface Around {
  /** A person named it: it is looked at as what it is, test or not. */
  testsAreCode?: boolean | undefined;
  /** No repository is around it: any folder may be the top of one. */
  anyTop?: boolean | undefined;
  /** Of a folder that is called after others' code: `own`, nothing there says so; `brought`, the change alone does. */
  vendored?: Vendored | undefined;
}
export type Vendored = 'others' | 'own' | 'brought';

/** By their folder, where their tools keep them; drizzle-kit calls it after itself. */
const MIGRATION =
  /(^|\/)(([\w.-]*[_-])?migrations?|migrate|alembic\/versions|flyway|liquibase|changesets?\/sql|drizzle(?=\/\d[^\n]*\.sql$))\//i;

export function isMigration(path: string): boolean {
  return path.length <= MAX_PATH && MIGRATION.test(path);
}

/** Tools own these folders, and empty them: nobody keeps code of his own there. Of `vendor` it is Go's when a host's name follows. */
const VENDORED =
  /(^|\/)(node_modules|site-packages|\.next|\.nuxt|__pycache__)\/|(^|\/)vendor\/[\w-]+(\.[\w-]+)+\/|(^|\/)(\.pnp(\.loader)?\.[cm]?js$|\.yarn\/(releases|plugins|sdks|cache|unplugged)\/)/;
/** Called after others' code. `vendor` is also a word of many businesses: at the root alone it is meant so. */
const OTHERS_FOLDER = /^(?:(?:[^\n]*?\/)?(?:third_party|bower_components|\.venv|venv)|vendor)(?=\/)/;

/** The folder around a path that is called after others' code, which is no proof: what lies around the file decides. */
export function othersFolderOf(path: string): string | null {
  return path.length <= MAX_PATH && !VENDORED.test(path) ? (OTHERS_FOLDER.exec(path)?.[0] ?? null) : null;
}
const LOCKFILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|Pipfile\.lock|uv\.lock|go\.sum|Cargo\.lock|composer\.lock|Gemfile\.lock)$/;
const GENERATED =
  /(\.pb\.go|_pb2(_grpc)?\.pyi?|\.pb\.ts|_pb\.(js|ts)|\.generated\.\w+|\.gen\.(go|ts|js)|_generated\.go|\.g\.ts)$|(^|\/)(generated|__generated__)\//;
/** A bundler puts the hash of what it wrote into the name. */
const BUILT =
  /(^|\/)(dist|build|out|coverage)\/[^\n]*\.[cm]?jsx?$|\.(min|bundle|chunk)\.[cm]?js$|[.-][0-9a-f]{16,}(\.chunk)?\.[cm]?js$/;
const TEST =
  /(^|\/)(tests?|__tests__|__mocks__|__fixtures__|specs?|e2e|__e2e__|fixtures?|testdata|testing|testsuites?|test[-_]?(files|data|projects?|utils?|helpers?|support|fixtures?|resources|cases|env(?:ironment)?s?)|(unit|integration|e2e|functional|acceptance)[-_]?tests?|cypress|playwright|mock[-_]?(?:data|servers?|apis?)|mocks|e2e[-_][\w.-]+|[\w.-]+[-_]e2e|k6|[\w.-]+-test-utils|(load|perf|performance|stress|smoke|soak)[-_]?tests?(?:ing)?)\/|^(integration|acceptance)\/|(^|\/)\.dredd\/|(^|\/)(acceptance|internal\/suites)\/|[._-]((server|client|unit|int|i)?test|tests|spec|e2e)\.\w+$|_test\.(go|py)$|(^|\/)(test_[^/]*\.py|conftest\.py|(setup[-_.]?tests?|(jest|vitest|mocha|tests?)[-_.](setup|helpers?|utils?|fixtures?|data|environment))\.\w+)$/;
const SPEC_FOLDER = /(?:^|\/)specs?\//g;
/** By its own name, wherever it lies. */
const TEST_FILE = /_test\.go$|\.(test|spec)\.[cm]?[jt]sx?$|^test_[^/]*\.py$/;
const FRONT_END_FILE =
  /\.(vue|svelte|astro|css|scss|sass|less|styl|html?|hbs|ejs|pug|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|mp4|mp3)$/i;
const FRONT_END_FOLDER = /(^|\/)(frontend|front-end|client-app|web-ui|webapp|public|static|assets)\//i;
const FRONT_END_LIKE = new RegExp(`${FRONT_END_FOLDER.source}|\\.[jt]sx$|\\.(?:stories|story)\\.[cm]?[jt]s$`, 'i');
/** Where credentials lie, though nothing else of it is the backend's: key files, settings of clients, accounts of services. */
const CREDENTIALS = [
  /(^|\/)(\.(npmrc|yarnrc(\.yml)?|pypirc|netrc|pgpass|git-credentials|dockercfg|s3cfg|boto|envrc)|_netrc|id_(rsa|dsa|ecdsa|ed25519)|credentials|kubeconfig|\.docker\/config\.json|\.aws\/\w+)$/,
  /\.(pem|key|p8|ppk|kubeconfig|tfvars|cnf)$/i,
  /(^|\/)[^/]*(service[-_]?account|credential|secret|adminsdk|gcp|gcloud|keyfile)[^/]*\.json$|-[0-9a-f]{12}\.json$/i,
  /(^|\/)(config|settings|database|db|app)[\w.-]*\.(json|toml|ini|conf|cfg)$/i,
  /(^|\/)(?!messages|labels|i18n|strings)[\w.-]*\.properties$/i,
  // Where projects are built and sent out from: a password on a command line, a repository's account.
  /(^|\/)((GNU)?[mM]akefile|[jJ]ustfile|Jenkinsfile|\.dockerconfigjson|((maven|mvn)[\w.-]*)?settings\.xml|pom\.xml|(web|app)\.config)$|\.mk$/,
];
const ENVIRONMENT = /(^|\/)(\.env(\.[\w.-]+)?|[\w.-]+\.env)$/;
const SERVER_CONFIG =
  /(^|\/)(nginx[\w.-]*\.conf|[\w.-]*nginx\/[^\n]*\.conf|pg_hba\.conf|postgresql\.conf|redis\.conf|mongod\.conf|rabbitmq\.conf|application[\w.-]*\.(properties|ya?ml)|settings\.(toml|ini|cfg)|[\w.-]*\.tf|serverless\.ya?ml|Procfile|alembic\.ini|ormconfig\.json|knexfile\.json|appsettings[\w.-]*\.json)$|(^|\/)config\/[^\n]*\.(json|toml|ini|conf|properties)$/;

/** Nobody names a file so, and the patterns above take the square of it. */
const MAX_PATH = 1000;

/**
 * Whether a changed file belongs to the backend, by its path alone, and as what. Migrations are never left out, wherever
 * they lie and whatever they look like.
 *
 */
export function decideSelection(
  path: string,
  { testsAreCode = false, anyTop = false, vendored = 'others' }: Around = {},
): Selection {
  if (path.length > MAX_PATH) return { reasonCode: 'PATH_TOO_LONG' };
  const name = nameOf(path);
  const extension = name.includes('.') ? lastPart(name).toLowerCase() : '';
  const kind = decideKind(anyTop ? path.replace(ABOVE_FORGE, '') : path, name, extension);
  if (MIGRATION.test(path) && kind && !TEST_FILE.test(name) && !/(^|\/)node_modules\//.test(path)) return { kind };
  if (LOCKFILE.test(path)) return { reasonCode: 'LOCK_FILE' };
  if (VENDORED.test(path) || (vendored === 'others' && othersFolderOf(path) !== null))
    return { reasonCode: 'VENDORED' };
  if (kind === 'view') return { kind };
  if (FRONT_END_FILE.test(path)) return { reasonCode: 'FRONT_END' };
  if (!kind) return { reasonCode: 'NOT_BACKEND' };
  // `spec/openapi.yaml` is the specification, not a test of it.
  const isSpecification = SPECIFICATIONS.some((one) => one === kind);
  const isNamedTest = TEST.test(isSpecification ? path.replace(SPEC_FOLDER, '/') : path) && kind !== 'workflow';
  if (isNamedTest && !testsAreCode)
    return {
      kind: 'test',
      ...(isByName(path, kind) && { unlessTested: kind }),
      ...(PROGRAMS.has(kind) && (isByName(path, kind) || !TEST.test(name)) && { unlessUsed: kind }),
    };
  const isScript = kind === 'typescript' || kind === 'javascript';
  if (isScript && FRONT_END_LIKE.test(path)) return { kind, onlyServerCode: 'FRONT_END' };
  if (isScript && BUILT.test(path)) return { kind, onlyServerCode: 'BUILT' };
  if (vendored === 'brought' && othersFolderOf(path) !== null) return { kind, unjudged: 'VENDORED_NEW' };
  if (!GENERATED.test(path)) return { kind };
  return ANALYSED.has(kind) ? { kind, unjudged: 'GENERATED' } : { reasonCode: 'GENERATED_NAME' };
}

/** `ab-test.ts`, `speed_test.py`: what is called so may be the business. Go itself builds `_test.go` for tests alone. */
const NAMED_TEST = /(?<=[\w-])[._-](?:test|tests|spec|e2e)\.(?:[cm]?[jt]sx?|py)$/;
/** It holds what tests need, and tests nothing. */
const FOR_TESTS =
  /(?:config|conf|settings?|env(?:ironment)?|database|setup|fixtures?|mocks?|data|seeds?|factor(?:y|ies)|helpers?|utils?)[._-]\w+\.\w+$/i;

function isByName(path: string, kind: FileKind): boolean {
  return (
    kind !== 'go' &&
    PROGRAMS.has(kind) &&
    NAMED_TEST.test(path) &&
    !FOR_TESTS.test(path) &&
    !TEST.test(path.replace(/[^/]*$/, ''))
  );
}

/** Whether a file is a test's, by its path, whatever it holds: a Makefile of tests is one. */
export function isTest(path: string): boolean {
  if (path.length > MAX_PATH || !TEST.test(path)) return false;
  const selection = decideSelection(path);
  return !('kind' in selection) || selection.kind === 'test';
}

/** Others wrote clients from it, whoever or whatever wrote it. */
const SPECIFICATIONS = ['openapi', 'graphql', 'protobuf'] as const satisfies readonly FileKind[];

const PROGRAMS: ReadonlySet<FileKind> = new Set(['typescript', 'javascript', 'python', 'go']);

/** Kinds that have analysers of their own, beside the search for credentials. */
const ANALYSED: ReadonlySet<FileKind> = new Set([
  'typescript',
  'javascript',
  'python',
  'go',
  'sql',
  'dockerfile',
  ...SPECIFICATIONS,
]);

function decideKind(path: string, name: string, extension: string): FileKind | null {
  if (DOCKERFILE.test(name) && !BESIDE_DOCKERFILE.has(extension)) return 'dockerfile';
  if (/\.d\.[cm]?ts$/.test(name)) return null;
  if (engineOf(path) !== null && !FRONT_END_FOLDER.test(path)) return 'view';
  if (['ts', 'mts', 'cts', 'tsx'].includes(extension)) return 'typescript';
  if (['js', 'mjs', 'cjs', 'jsx'].includes(extension)) return 'javascript';
  if (extension === 'py') return 'python';
  if (extension === 'go') return 'go';
  if (['sql', 'psql', 'pgsql', 'ddl'].includes(extension)) return 'sql';
  if (['graphql', 'graphqls', 'gql'].includes(extension)) return 'graphql';
  if (extension === 'proto') return 'protobuf';
  if (/(openapi|swagger)[\w.-]*\.(ya?ml|json)$/i.test(name) || OPENAPI_FOLDER.test(path)) return 'openapi';
  if (['yaml', 'yml'].includes(extension))
    return WORKFLOW.test(path) ? 'workflow' : path.startsWith('.github/') ? 'credentials' : 'yaml';
  if (['sh', 'bash', 'zsh', 'ksh', 'ps1'].includes(extension)) return 'credentials';
  if (ENVIRONMENT.test(path) || SERVER_CONFIG.test(path)) return 'config';
  if (DOCUMENT.has(extension)) return 'credentials';
  return CREDENTIALS.some((pattern) => pattern.test(path)) ? 'credentials' : null;
}

/** Where GitHub Actions, and those who took over its form, look for it; of a tree outside of this folder the root is not known. */
const WORKFLOW = /^(?:\.\.\/[^\n]*\/)?\.(?:github|gitea|forgejo)\/(?:workflows\/[^/]+|actions\/[^\n]+\/action)\.ya?ml$/;

/** What stands before the folder of a forge. */
const ABOVE_FORGE = /^.*\/(?=\.(?:github|gitea|forgejo)\/)/;

/** `openapi/v1.yaml`, `docs/swagger/public.json`: what is no specification there is seen by its text. */
const OPENAPI_FOLDER = /(^|\/)(openapi|swagger|oas)\/[^\n]*\.(ya?ml|json)$/i;
/** People paste what they just used into it. */
const DOCUMENT: ReadonlySet<string> = new Set(['md', 'mdx', 'markdown', 'rst', 'adoc']);

const DOCKERFILE = /^(Dockerfile|Containerfile)([.-].+)?$|\.(dockerfile|containerfile)$/i;
/** What is called after a Dockerfile without being one: its ignore list, its documentation, a template that others fill. */
const BESIDE_DOCKERFILE = new Set(
  'dockerignore containerignore md mdx rst adoc txt html json yml yaml j2 jinja tmpl tpl erb mustache orig bak'.split(
    ' ',
  ),
);

const MAX_TEXT = 1_000_000;
/** Each line costs memory of its own, here and in the diff; a file of a megabyte that a person wrote has a quarter of these. */
const MAX_LINES = 100_000;

/** Git LFS's own form. Source: github.com/git-lfs/git-lfs, docs/spec.md. */
const LFS_POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:[a-z0-9.-]+ [^\n]{1,200}\n)*oid sha256:[0-9a-f]{64}\nsize \d+\n?$/;

/**
 * Why a selected file's text is not (wholly) looked at, or null. What a text says of itself ("generated") counts for nothing:
 * anybody can write it.
 */
export function decideClip(path: string, text: string): 'TOO_LARGE' | 'LFS_POINTER' | 'MINIFIED' | null {
  if (text.length > MAX_TEXT || countLines(text) > MAX_LINES) return 'TOO_LARGE';
  if (text.length < 1024 && LFS_POINTER.test(text)) return 'LFS_POINTER';
  return !MIGRATION.test(path) && isMinified(text) ? 'MINIFIED' : null;
}

export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** More than half of the text in lines that nobody writes by hand; an embedded source map does not count. */
function isMinified(text: string): boolean {
  const lines = text.split('\n').filter((line) => !line.startsWith('//# sourceMappingURL='));
  const long = lines.reduce((sum, line) => (line.length > 1000 ? sum + line.length : sum), 0);
  return long * 2 > lines.reduce((sum, line) => sum + line.length, 0);
}

const MAX_ATTRIBUTES = 100_000;

/**
 * Paths that .gitattributes marks linguist-generated or linguist-vendored. Only plain `*` and `**` patterns are read; they
 * work on them has an end: a path that it does not reach is not marked, and is reviewed.
 */
export function parseGitattributes(text: string): (path: string) => boolean {
  const patterns = text
    .slice(0, MAX_ATTRIBUTES)
    .split(/\r?\n/)
    .slice(0, 500)
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([pattern, ...attributes]) =>
        pattern && attributes.some((a) => /^linguist-(generated|vendored)(=true)?$/.test(a)),
    )
    .map(([pattern]) => (pattern ?? '').slice(0, 200));
  const matches = createGlobMatcher(patterns);
  return (path) => matches(path) === true;
}
