/** What a backend file is, which decides who looks at it. */
export const FILE_KINDS = [
  'typescript',
  'javascript',
  'python',
  'go',
  'sql',
  'openapi',
  'graphql',
  'protobuf',
  'dockerfile',
  'yaml',
  'config',
  'test',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export type Selection = { kind: FileKind } | { reason: string };

const MIGRATION = /(^|\/)(migrations?|migrate|db\/migrate|alembic\/versions|flyway|liquibase|changesets?\/sql)\//i;
const VENDORED =
  /(^|\/)(node_modules|vendor|third_party|bower_components|site-packages|dist|build|out|\.next|\.nuxt|coverage|__pycache__|\.venv|venv)\//;
const LOCKFILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|Pipfile\.lock|uv\.lock|go\.sum|Cargo\.lock|composer\.lock|Gemfile\.lock)$/;
const GENERATED =
  /(\.pb\.go|_pb2(_grpc)?\.pyi?|\.pb\.ts|_pb\.(js|ts|d\.ts)|\.generated\.\w+|\.gen\.(go|ts|js)|_generated\.go|\.g\.ts|\.min\.(js|css)|\.bundle\.js|\.map|\.snap)$|(^|\/)(generated|__generated__)\//;
const TEST =
  /(^|\/)(tests?|__tests__|__mocks__|spec|specs|e2e|fixtures?|testdata|testing|testsuites?)\/|[._-](test|spec|e2e)\.\w+$|_test\.(go|py)$|(^|\/)test_[^/]*\.py$|(^|\/)conftest\.py$/;
const FRONT_END =
  /\.(vue|svelte|astro|css|scss|sass|less|styl|html?|hbs|ejs|pug|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|mp4|mp3)$|(^|\/)(frontend|front-end|client-app|web-ui|webapp|public|static|assets)\/|\.(stories|story)\.\w+$/i;
const ENVIRONMENT = /(^|\/)(\.env(\.[\w.-]+)?|[\w.-]+\.env)$/;
const SERVER_CONFIG =
  /(^|\/)(nginx[\w.-]*\.conf|[\w.-]*nginx\/[^\n]*\.conf|pg_hba\.conf|postgresql\.conf|redis\.conf|mongod\.conf|rabbitmq\.conf|application[\w.-]*\.(properties|ya?ml)|settings\.(toml|ini|cfg)|[\w.-]*\.tf|serverless\.ya?ml|Procfile|alembic\.ini|ormconfig\.json|knexfile\.json|appsettings[\w.-]*\.json)$|(^|\/)config\/[^\n]*\.(json|toml|ini|conf|properties)$/;

/**
 * Whether a changed file belongs to the backend, by its path alone, and as what. Migrations are never left out, wherever
 * they lie and whatever they look like.
 *
 * @param testsAreCode the path was named by a person: it is looked at as what it is, test or not
 */
export function decideSelection(path: string, testsAreCode = false): Selection {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
  const kind = decideKind(path, name, extension);
  if (MIGRATION.test(path) && kind && !/(^|\/)node_modules\//.test(path)) return { kind };
  if (LOCKFILE.test(path)) return { reason: 'lock file' };
  if (VENDORED.test(path)) return { reason: 'vendored or built code' };
  if (GENERATED.test(path)) return { reason: 'generated or minified code' };
  if (FRONT_END.test(path) || extension === 'tsx' || extension === 'jsx') return { reason: 'front-end file' };
  if (!kind) return { reason: 'not a backend file' };
  return TEST.test(path) && kind !== 'dockerfile' && !testsAreCode ? { kind: 'test' } : { kind };
}

function decideKind(path: string, name: string, extension: string): FileKind | null {
  if (/^(Dockerfile|Containerfile)([.-].+)?$|\.(dockerfile|containerfile)$/i.test(name)) return 'dockerfile';
  if (/\.d\.[cm]?ts$/.test(name)) return null;
  if (['ts', 'mts', 'cts'].includes(extension)) return 'typescript';
  if (['js', 'mjs', 'cjs'].includes(extension)) return 'javascript';
  if (extension === 'py') return 'python';
  if (extension === 'go') return 'go';
  if (['sql', 'psql', 'pgsql', 'ddl'].includes(extension)) return 'sql';
  if (['graphql', 'graphqls', 'gql'].includes(extension)) return 'graphql';
  if (extension === 'proto') return 'protobuf';
  if (/(openapi|swagger)[\w.-]*\.(ya?ml|json)$/i.test(name)) return 'openapi';
  if (['yaml', 'yml'].includes(extension)) return path.startsWith('.github/') ? null : 'yaml';
  if (ENVIRONMENT.test(path) || SERVER_CONFIG.test(path)) return 'config';
  return null;
}

const MAX_TEXT = 1_000_000;

/** Why a selected file's text is not analysed, or null. Migrations are exempt from the looks of generated code. */
export function decideClip(path: string, text: string): string | null {
  if (text.length > MAX_TEXT) return `larger than ${MAX_TEXT / 1_000_000} MB`;
  if (text.startsWith('version https://git-lfs.github.com/spec/'))
    return 'Git LFS pointer: its content is not in the repository';
  if (MIGRATION.test(path)) return null;
  if (/^[^\n]{0,400}(Code generated .* DO NOT EDIT|@generated\b)/m.test(text.slice(0, 2000))) return 'generated code';
  return isMinified(text) ? 'minified' : null;
}

/** More than half of the text in lines that nobody writes by hand; an embedded source map does not count. */
function isMinified(text: string): boolean {
  const lines = text.split('\n').filter((line) => !line.startsWith('//# sourceMappingURL='));
  const long = lines.reduce((sum, line) => (line.length > 1000 ? sum + line.length : sum), 0);
  return long * 2 > lines.reduce((sum, line) => sum + line.length, 0);
}

/**
 * Paths that .gitattributes marks linguist-generated or linguist-vendored. Only plain `*` and `**` patterns are read; they
 * are matched by splitting, not by a regular expression built from the repository's text.
 */
export function parseGitattributes(text: string): (path: string) => boolean {
  const patterns = text
    .split(/\r?\n/)
    .slice(0, 500)
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([pattern, ...attributes]) =>
        pattern && attributes.some((a) => /^linguist-(generated|vendored)(=true)?$/.test(a)),
    )
    .map(([pattern]) => (pattern ?? '').slice(0, 200));
  return (path) => patterns.some((pattern) => matchesGlob(path, pattern));
}

/** gitignore-like match of `*` (within a segment) and `**` (any segments), in linear steps per star. */
export function matchesGlob(path: string, pattern: string): boolean {
  const clean = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const wanted = (clean.includes('/') ? clean : `**/${clean}`).split('/');
  const matchSegments = (segments: string[], globs: string[]): boolean => {
    const [glob, ...rest] = globs;
    if (glob === undefined) return segments.length === 0;
    if (glob === '**')
      return rest.length === 0 || segments.some((_, index) => matchSegments(segments.slice(index), rest));
    const [segment, ...others] = segments;
    return segment !== undefined && matchSegment(segment, glob) && matchSegments(others, rest);
  };
  if (wanted.filter((glob) => glob === '**').length > 3) return false;
  return matchSegments(path.split('/'), wanted);
}

function matchSegment(segment: string, glob: string): boolean {
  const pieces = glob.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return segment === glob;
  if (!segment.startsWith(first) || !segment.endsWith(last) || segment.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = segment.indexOf(piece, at);
    if (found === -1 || found + piece.length > segment.length - last.length) return false;
    at = found + piece.length;
  }
  return true;
}
