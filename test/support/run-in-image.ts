import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from './lay-out-image.ts';
import { makeTempDir } from './temp.ts';

/** A container as far as the kernel gives it without an engine. */
export interface Container {
  /** From paths in the container to folders on this machine, for the App to write to. */
  volumes: Record<string, string>;
  /** The same for folders that may only be read, as secrets are. */
  mounts: Record<string, string>;
  env: Record<string, string>;
}

/** Whether this machine lets the tests have a root of their own, with mounts. */
export const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

/**
 * A root file system of its own: the image's tree, and of this machine, in place of the base image, /usr and /etc without a shell.
 * All of it is read-only but the volumes and /tmp; nothing of the checkout is in reach.
 */
const SET_UP = `set -e
root=$1 tree=$2 node=$3 user=$4 workdir=$5; shift 5
mount -t tmpfs -o mode=755 image "$root"
for one in /bin /sbin /lib /lib64; do
  if [ -L "$one" ]; then cp -P "$one" "$root$one"; elif [ -d "$one" ]; then mkdir "$root$one"; mount --bind -o ro "$one" "$root$one"; fi
done
mkdir "$root/usr" "$root/etc" "$root/proc" "$root/dev" "$root/tmp" "$root/node" "$root/run"
mount --bind -o ro /usr "$root/usr"; mount --bind -o ro /etc "$root/etc"; touch "$root/node/node"; mount --bind -o ro "$node" "$root/node/node"
mount --rbind /proc "$root/proc"; mount --rbind /dev "$root/dev"; mount -t tmpfs -o mode=1777 tmp "$root/tmp"
for top in "$tree"/*; do mkdir -p "$root/\${top##*/}"; mount --bind -o ro "$top" "$root/\${top##*/}"; done
while [ "$1" != -- ]; do mkdir -p "$root$2"; mount --bind -o "$1" "$3" "$root$2"; shift 3; done
shift
for shell in sh dash bash; do if [ -e "/usr/bin/$shell" ]; then mount --bind /dev/null "$root$(readlink -f /usr/bin/$shell)"; fi; done
mount -o remount,ro "$root"
PATH="$PATH:/usr/sbin:/sbin"
exec chroot --userspec="$user" --groups= "$root" /usr/bin/env -i -C "$workdir" "$@"`;

/**
 * Starts a command in the image as its user. Where mounts are not allowed, in its tree without the rights to write, as the user
 * of the tests.
 */
export function runInImage(image: Image, { volumes, mounts, env }: Container, command: string[]): ChildProcess {
  const [program, ...args] = withoutInit(command);
  if (program !== 'node') throw new Error(`the image starts ${program}`);
  const own = { ...image.env, ...env };
  if (!canMount) return runHere(image, { volumes, mounts, env: own }, args);
  const [uid = 0, gid = 0] = image.user.split(':').map(Number);
  for (const dir of Object.values(volumes)) chownSync(dir, uid, gid);
  const where = makeTempDir();
  const binds = [
    ...Object.entries(volumes).flatMap(([path, dir]) => ['rw', path, dir]),
    ...Object.entries(mounts).flatMap(([path, dir]) => ['ro', path, dir]),
  ];
  const variables = Object.entries({ PATH: '/node:/usr/bin:/bin', ...own }).map(([name, value]) => `${name}=${value}`);
  return spawn(
    'unshare',
    [
      '--mount',
      'sh',
      '-c',
      SET_UP,
      'sh',
      where,
      image.tree,
      process.execPath,
      image.user,
      image.workdir,
      ...binds,
      '--',
      ...variables,
      '/node/node',
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

/** tini is of the base image's Debian; without it node is the process that is signalled, as here. */
function withoutInit(command: string[]): string[] {
  return command[0] === '/usr/bin/tini' ? command.slice(command.indexOf('--') + 1) : command;
}

function runHere(image: Image, { volumes, mounts, env }: Container, args: string[]): ChildProcess {
  const at = join(image.tree, image.workdir);
  forbidWriting(at);
  const places = Object.entries({ ...volumes, ...mounts });
  const put = (value: string): string =>
    places.reduce((text, [path, dir]) => (text.startsWith(path) ? dir + text.slice(path.length) : text), value);
  const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, put(value)]));
  return spawn(process.execPath, args, {
    cwd: at,
    env: { PATH: process.env.PATH ?? '', ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function forbidWriting(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o555 : 0o444);
  chmodSync(dir, 0o555);
}

/** A folder of a container's secrets, readable for its user alone where the tests run as root. */
export function makeSecrets(image: Image, secrets: Record<string, string>): string {
  const dir = makeTempDir();
  const [uid = 0, gid = 0] = image.user.split(':').map(Number);
  for (const [name, text] of Object.entries(secrets)) {
    writeFileSync(join(dir, name), text);
    chmodSync(join(dir, name), 0o400);
    if (canMount) chownSync(join(dir, name), uid, gid);
  }
  return dir;
}
