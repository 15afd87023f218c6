import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

/**
 * The build, of the package and of the image: `src/` becomes a few files for each program in it. To find and read five hundred modules takes Node most of a
 * second, in the command line and in each of its analysis processes.
 * docs/decisions/0040-a-start-in-few-files.md
 * Usage: node bundle.ts [FOLDER], `dist/` where none is named; `agents/` and `package.json` must lie beside it.
 */

const src = fileURLToPath(new URL('./src/', import.meta.url));
const dist = resolve(process.argv[2] ?? fileURLToPath(new URL('./dist/', import.meta.url)));

/** What is started by its path. */
const PROGRAMS = [
  'main',
  'cli/main',
  'action/main',
  'analysis/process/child',
  'analysis/process/watchdog',
  'analysis/rules/write-parsed-files',
  'queue/pglite-init',
  'queue/pglite-thread',
];

/** Packages of many small modules, and nothing but JavaScript. Their licences lie beside the code. */
const INSIDE = ['zod', 'yaml'];

/** A module finds its data and its processes from where it lay before. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  transform: (code, id) =>
    id.startsWith(src) && code.includes('import.meta.url')
      ? code.replaceAll('import.meta.url', `PLACE_OF(${JSON.stringify(relative(src, id).replace(/ts$/, 'js'))})`)
      : null,
  renderChunk: (code, { fileName }) =>
    code.replace(/PLACE_OF\("([^"]+)"\)/g, (_, place: string) => {
      const path = posix.relative(posix.dirname(fileName), place);
      return `new URL(${JSON.stringify(path)}, import.meta.url).href`;
    }),
};

rmSync(dist, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(PROGRAMS.map((name) => [name, join(src, `${name}.ts`)])),
  platform: 'node',
  external: (id) => /^[^./]/.test(id) && !INSIDE.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [keepPlaces],
});
// Each start reads and scans all of it, comments too. Names and lines stay, for who reads a stack.
await bundle.write({ dir: dist, format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js', comments: false });
for (const name of INSIDE) {
  const licence = fileURLToPath(import.meta.resolve(`${name}/package.json`)).replace(/package\.json$/, 'LICENSE');
  const kept = join(dist, 'licences', `${name}.txt`);
  mkdirSync(dirname(kept), { recursive: true });
  cpSync(licence, kept);
}
await import(join(dist, 'analysis/rules/write-parsed-files.js'));
