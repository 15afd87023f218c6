import { dirOf, nameOf } from '../text/paths.ts';

/** Where a file may be read by its name: code, and what starts or fills it. */
export const READER_GLOBS = (
  'ts tsx mts cts js jsx mjs cjs py go java kt rb php rs cs ex exs sh bash yml yaml json toml ini conf cfg env tf ' +
  'Dockerfile Makefile Containerfile Procfile md'
)
  .split(' ')
  .map((ending) => (/^[A-Z]/.test(ending) ? `*${ending}` : `*.${ending}`));

/** `stub/rsa.key` and `rsa.key` mean the file `cmd/stub/rsa.key`, `path/to/rsa.key` and `server-rsa.key` another one. */
export function namesFile(text: string, path: string): boolean {
  const folder = nameOf(dirOf(path));
  const name = nameOf(path);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = text.slice(Math.max(0, at - 101), at);
    if (/[\w-]$/.test(around)) continue;
    const before = /([\w.-]{1,100})\/$/.exec(around)?.[1];
    if (before === undefined || /^\.+$/.test(before) || before === folder) return true;
  }
  return false;
}
