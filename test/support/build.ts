import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILDS = join(ROOT, 'node_modules/.cache/backend-dev');

/** What the build is made of. */
const PARTS = ['agents', 'app.yml', 'bundle.ts', 'package-lock.json', 'package.json', 'src', 'test/support/build.ts'];
/** Started hundreds of times: what V8 made of their code is kept for the next start. */
const KEPT = ['action/main', 'analysis/process/child', 'cli/main'];
/** What must lie beside `dist/`. */
const BESIDE = ['agents', 'app.yml', 'package.json'];
const DAY_MS = 86_400_000;

/**
 * The build of this checkout as it stands, under a name that says what is in it. Programs that a test starts are started from
 * there: a process of the analysis costs 1.7 s of processor from `src/`, and 0.35 s from the build, which is also what users run.
 */
export const BUILD = join(BUILDS, digestParts());

/** For `node` as it starts code of `src/`: what that starts is the build's. */
export const FROM_BUILD = `--import=${new URL('from-build.ts', import.meta.url).href}`;

const KEEPER = new URL('keep-compiled.mjs', import.meta.url).href;

/** For `node` as it starts an App: it lives for seconds, and to optimise the database's WebAssembly takes as long as all that it does. */
export const SHORT_LIVED = ['--liftoff-only', '--max-semi-space-size=64', `--import=${KEEPER}`];

/** Where code of ours says what lies beside it. */
export const BUILT_FILES = new URL('../../src/built-files.ts', import.meta.url);

/** The same code, as if it lay in the build. */
export function placeInBuild(code: string): string {
  return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(join(BUILD, 'dist/built-files.js')).href));
}

function digestParts(): string {
  const hash = createHash('sha256');
  for (const part of PARTS) {
    const path = join(ROOT, part);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [path];
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** Makes it once, for all runs until something changes. Of two at the same time one is kept. */
export default async function build(): Promise<void> {
  if (existsSync(BUILD)) return;
  mkdirSync(BUILDS, { recursive: true });
  const fresh = mkdtempSync(`${BUILD}.`);
  chmodSync(fresh, 0o755);
  for (const one of BESIDE) cpSync(join(ROOT, one), join(fresh, one), { recursive: true });
  await promisify(execFile)(process.execPath, [join(ROOT, 'bundle.ts'), join(fresh, 'dist')]);
  for (const program of KEPT) startKept(join(fresh, 'dist', program));
  // Another run may have made it meanwhile, or use one of before.
  if (existsSync(BUILD)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, BUILD);
  for (const other of readdirSync(BUILDS)) {
    const path = join(BUILDS, other);
    if (path !== BUILD && Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true });
  }
}

/** The program itself is the bundle's, as users have it. */
function startKept(program: string): void {
  const itself = `${program}-itself.js`;
  renameSync(`${program}.js`, itself);
  const lines = [`import ${JSON.stringify(KEEPER)};`, `await import(${JSON.stringify(`./${basename(itself)}`)});`];
  writeFileSync(`${program}.js`, `${lines.join('\n')}\n`);
}
