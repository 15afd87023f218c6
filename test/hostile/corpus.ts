import type { Change, ChangedFile, Content, Snapshot } from '../../src/change/change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { CRASHING } from '../support/hostile-agent.ts';

/** One hostile pull request: what its files hold, and what stands beside them. */
export interface Hostile {
  name: string;
  files: Record<string, string>;
  /** Texts at the base, of files whose patch GitHub leaves out. */
  base?: Record<string, string>;
  attributes?: string;
  status?: ChangedFile['status'];
  /** None of its files is wholly looked at, and the review says so of each. */
  clipped?: boolean;
  /** The flaw of this file must be found in spite of all. */
  finds?: string;
}

/** What became of it. */
export interface Reviewed {
  name: string;
  seconds: number;
  /** The most processor time that the main thread took between two turns of its event loop: a crowded machine changes nothing. */
  blockedMs: number;
  /** The longest that the event loop waited. */
  delayMs: number;
  rssMb: number;
  innocent: { status: string; findings: number };
  /** The first files, by name, with what is said of each. */
  hostile: { path: string; status: string; reason: string | null }[];
  /** How many of them the summary names with the reason why they were not wholly looked at. */
  told: number;
  /** Files that coverage does not name, or names without a reason. */
  unnamed: number;
  rules: string[];
}

const lines = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `${make(at)}\n`).join('');
/** Digits that look random and are the same each time. */
const noise = (at: number): number => (at * 2_654_435_761) % 4_294_967_296;

const FLAW_TS =
  "import { pool } from './db';\nexport const f = (req) => pool.query(`select * from t where a = ${req.query.a}`);\n";
const LONG = 900_000;

export const CORPUS: readonly Hostile[] = [
  { name: 'a parser that aborts', clipped: true, files: { 'src/deep.py': CRASHING } },
  {
    name: 'f-strings in f-strings',
    clipped: true,
    files: { 'src/f.py': `import requests\nx = ${'f"{'.repeat(2000)}a${'}"'.repeat(2000)}\n` },
  },
  ...['(', '[', '{', '`${'].map((open) => ({
    name: `TypeScript nested in ${open}`,
    clipped: true,
    files: { 'src/deep.ts': `${FLAW_TS}export const a = ${open.repeat(50_000)}1` },
  })),
  {
    name: 'closed brackets, deep',
    clipped: true,
    files: { 'src/deep.ts': `${FLAW_TS}const a = ${'['.repeat(20_000)}${']'.repeat(20_000)};\n` },
  },
  {
    name: 'calls in calls',
    clipped: true,
    files: { 'src/deep.ts': `${FLAW_TS}pool.query(${'f('.repeat(8000)}req.query.a${')'.repeat(8000)});\n` },
  },
  {
    name: 'a chain of calls',
    clipped: true,
    files: { 'src/chain.ts': `${FLAW_TS}pool.query(a${'.b()'.repeat(50_000)});\n` },
  },
  {
    name: 'a sum of 50,000 terms',
    clipped: true,
    files: { 'src/sum.ts': `${FLAW_TS}pool.query('select ' ${'+ a '.repeat(50_000)});\n` },
  },
  {
    name: 'Go nested in blocks',
    clipped: true,
    files: { 'cmd/deep.go': `package a\nfunc f() {\n${'if a {\n'.repeat(20_000)}${'}\n'.repeat(20_000)}}\n` },
  },
  {
    name: 'SQL nested in brackets',
    clipped: true,
    files: { 'migrations/1.sql': `select ${'('.repeat(50_000)}1${')'.repeat(50_000)};\n` },
  },
  {
    name: 'SQL of 30,000 statements',
    clipped: true,
    files: { 'migrations/2.sql': lines(30_000, (at) => `drop table t${at};`) },
  },
  {
    name: 'YAML nested in flow collections',
    clipped: true,
    files: { 'k8s/deep.yaml': `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}\n` },
  },
  {
    name: 'YAML aliases that bite their tail',
    files: {
      'k8s/bomb.yaml': `a: &a [*a, *a]\n${lines(30, (at) => `b${at}: &b${at} [*b${at - 1}, *b${at - 1}, *b${at - 1}]`)}`,
    },
  },
  {
    name: 'GraphQL nested',
    clipped: true,
    files: { 'schema.graphql': `query { ${'a { '.repeat(30_000)}b${' }'.repeat(30_000)} }\n` },
  },
  ...[
    'src/line.ts',
    'src/line.py',
    'cmd/line.go',
    'migrations/line.sql',
    'Dockerfile',
    'k8s/line.yaml',
    'schema.graphql',
    '.env',
  ].map((path) => ({
    name: `one line of a megabyte, ${path}`,
    clipped: true,
    files: { [path]: `x = "${'pool.query(a) '.repeat(LONG / 14)}"` },
  })),
  {
    name: 'four Dockerfiles of 10,000 FROM lines',
    files: Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((one) => [`${one}/Dockerfile`, lines(10_000, (at) => `FROM image${at}`)]),
    ),
  },
  {
    name: 'a RUN of 90,000 lines',
    files: { Dockerfile: `FROM a:1\nRUN a \\\n${'  b \\\n'.repeat(90_000)}  c\nCMD a\n` },
  },
  {
    name: '60,000 lines of comment before the flaw',
    files: { 'src/far.ts': `${'// a comment\n'.repeat(60_000)}${FLAW_TS}` },
    finds: 'sql-injection',
  },
  {
    name: 'imports of files among tests',
    files: {
      'tests/sum.ts': FLAW_TS,
      'src/app.ts': "import '../tests/sum';\n",
      'src/blanks.ts': `import${' '.repeat(LONG)}\n`,
      'src/words.ts': `// tests/sum\n${'import ( from '.repeat(60_000)}\n`,
      'src/dots.py': `# tests/sum\n${`from ${'.'.repeat(3000)} import a\n`.repeat(250)}`,
      'src/open.py': `# tests/sum\n${`from a import (${'b, '.repeat(900)}\n`.repeat(250)}`,
      'src/many.ts': lines(20_000, (at) => `import './a${at}/../../tests/sum';`),
      ...Object.fromEntries(
        Array.from({ length: 900 }, (_, at) => [
          `a${at}/tests/b${at}/c.ts`,
          `import '../../../a${at + 1}/tests/b${at + 1}/c';\n`,
        ]),
      ),
    },
    finds: 'sql-injection',
  },
  {
    name: '7,000 flaws',
    files: { 'src/many.py': `import requests\nif x:\n${'    requests.get(url)\n'.repeat(7000)}` },
    finds: 'missing-request-timeout',
  },
  // The rule would cost too much there, and is named.
  {
    name: '20,000 flaws',
    clipped: true,
    files: { 'src/many.py': `import requests\nif x:\n${'    requests.get(url)\n'.repeat(20_000)}` },
  },
  {
    name: 'half characters',
    files: { 'src/half.ts': `${FLAW_TS}const a = '${'\uD83D'.repeat(20_000)}';\n` },
    finds: 'sql-injection',
  },
  { name: 'NUL bytes', clipped: true, files: { 'src/nul.ts': `${FLAW_TS}const a = '${'\0'.repeat(20_000)}';\n` } },
  {
    name: 'UTF-16 read as if it were not',
    clipped: true,
    files: { 'src/wide.ts': `\uFEFF${[...FLAW_TS].join('\0')}` },
  },
  {
    name: 'binary garbage',
    files: {
      'src/garbage.py': lines(1250, (at) =>
        String.fromCharCode(...Array.from({ length: 40 }, (_, c) => noise(at * 40 + c) % 65_536)),
      ),
    },
  },
  { name: 'bait for the search for credentials', files: { 'src/bait.ts': `const a = '${'eyJ-'.repeat(100_000)}';\n` } },
  {
    name: 'bait: addresses',
    clipped: true,
    files: { 'src/bait.ts': `const a = '${'https://a:'.repeat(40_000)}';\n` },
  },
  {
    name: 'bait: keys that do not end',
    clipped: true,
    files: { 'src/bait.ts': `const a = '${'-----BEGIN RSA PRIVATE KEY-----\\n'.repeat(12_000)}';\n` },
  },
  { name: 'bait: blanks', clipped: true, files: { 'src/bait.ts': `const password ${' '.repeat(400_000)}x;\n` } },
  {
    name: 'bait: names',
    clipped: true,
    files: { 'src/bait.ts': `${'a'.repeat(400_000)} as ${'b'.repeat(400_000)}\n` },
  },
  {
    name: 'template chains',
    files: {
      'src/chain.ts': `import { pool } from './db';\nexport function f(req) {\n  const v0 = req.query.a;\n${lines(9, (at) => `  const v${at + 1} = \`${`\${v${at}}`.repeat(10)}\`;`)}  pool.query(\`select \${v9}\`);\n}\n`,
    },
  },
  {
    name: 'globs against deep paths',
    files: Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${'a/'.repeat(480)}${at}.ts`, FLAW_TS])),
    attributes: lines(500, (at) => `${'**/a/'.repeat(30)}${at} linguist-generated`),
  },
  {
    name: 'paths of 4,000 characters',
    files: Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`${'config/'.repeat(560)}${at}.ts`, FLAW_TS])),
  },
  {
    name: 'four files whose patch is left out',
    files: Object.fromEntries(
      [1, 2, 3, 4].map((one) => [`src/patch${one}.ts`, lines(40_000, (at) => `x${noise(at * one) % 30_000}`)]),
    ),
    base: Object.fromEntries(
      [1, 2, 3, 4].map((one) => [`src/patch${one}.ts`, lines(40_000, (at) => `x${noise(at * one + 7) % 30_000}`)]),
    ),
    status: 'modified',
  },
  {
    name: 'a long file that is new and has no patch',
    files: { 'src/new.ts': `${lines(30_000, (at) => `export const a${at} = ${at};`)}${FLAW_TS}` },
    finds: 'sql-injection',
  },
  {
    name: '30 files of half a million lines',
    clipped: true,
    files: Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k8s/${at}.yaml`, 'a\n'.repeat(495_000 + at)])),
  },
  {
    name: '12 files of 95,000 lines',
    files: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`k8s/${at}.yaml`, 'a\n'.repeat(95_000 + at)])),
  },
  {
    name: '1,500 files',
    files: Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`src/f${at}.yaml`, `a: ${at}\n`])),
  },
];

/** A file that has nothing to do with it: it must be reviewed as ever. */
export const INNOCENT = { path: 'src/innocent.py', text: 'import requests\nrequests.get(url)\n' };

/** The pull request as GitHub would give it, without patches, with an innocent file in it. */
export function toChange({ files, base = {}, status = 'added' }: Hostile): { change: Change; snapshot: Snapshot } {
  const all: Record<string, string> = { ...files, [INNOCENT.path]: INNOCENT.text };
  const read = (texts: Record<string, string>) => async (paths: readonly string[]) =>
    new Map(
      paths.map((path): [string, Content] => {
        const text = texts[path];
        return [path, text === undefined ? { kind: 'absent' } : { kind: 'text', text }];
      }),
    );
  const toFile = (path: string): ChangedFile => ({
    path,
    previousPath: null,
    status: path === INNOCENT.path ? 'added' : status,
    hunks: null,
    binary: false,
    blob: null,
  });
  return {
    change: {
      title: maskText(''),
      description: maskText(''),
      base: null,
      head: null,
      unlisted: 0,
      files: Object.keys(all).map(toFile),
    },
    snapshot: { readHead: read(all), readBase: read(base) },
  };
}
