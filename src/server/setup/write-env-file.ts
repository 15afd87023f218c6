import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Sets variables in an env file and leaves its other lines as they are. Only the owner may read it: it holds the private key. */
export function writeEnvFile(path: string, values: Readonly<Record<string, string>>): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const names = Object.keys(values);
  const kept = before.filter((line) => !names.some((name) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(line)));
  while (kept.at(-1) === '') kept.pop();
  const set = names.map((name) => `${name}="${values[name]}"`);
  // Beside its place and then moved: a file of another owner's mode keeps nothing, and half a key is never read.
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, `${[...kept, ...set].join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(fresh, path);
}
