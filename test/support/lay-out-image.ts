import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Copy, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the Dockerfile itself makes; what its base image brings along is not there. */
export interface Image {
  /** The files of the last stage, from `/` on. */
  tree: string;
  env: Record<string, string>;
  workdir: string;
  user: string;
  entrypoint: string[];
  healthcheck: string[];
}

interface Lockfile {
  packages: Record<string, { dev?: boolean; optional?: boolean }>;
}

export function readInstructions(): Instruction[] {
  return DockerfileParser.parse(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).getInstructions();
}

/** Whether `.dockerignore` keeps a path of the checkout out of the build: the last pattern for it, or for a folder above, decides. */
export function isIgnored(path: string): boolean {
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  const patterns = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return patterns.reduce((ignored, pattern) => {
    const words = pattern.replace(/^!/, '').replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    const matches = new RegExp(`^${words.replaceAll('*', '[^/]*')}(?:/|$)`).test(path);
    return matches ? !pattern.startsWith('!') : ignored;
  }, false);
}

export function listSources(copy: Instruction): { from: string | null; sources: string[]; target: string } {
  const words = copy.getArguments().map((one) => one.getValue());
  const from =
    (copy as Copy)
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue() ?? null;
  return { from, sources: words.slice(0, -1), target: words.at(-1) ?? '' };
}

/**
 * Lays out in `dir` what building the Dockerfile of this checkout would, without a container engine and without a network: COPY
 * is done as it says, `node …` is run, `npm ci` takes from this checkout what the lockfile names, and of `apt-get` only the
 * folder remains that is made there. Whatever else would be run is an error: this has to learn it first.
 */
export function layOutImage(dir: string): Image {
  const image: Image = { tree: '', env: {}, workdir: '/', user: '', entrypoint: [], healthcheck: [] };
  const stages = new Map<string, string>();
  for (const instruction of readInstructions()) {
    const words = instruction.getArguments().map((one) => one.getValue());
    const text = (instruction.getArgumentsContent() ?? '').replace(/\\\n\s*/g, '');
    const at = join(image.tree, image.workdir);
    switch (instruction.getKeyword()) {
      case 'FROM': {
        const name = (instruction as From).getBuildStage() ?? 'last';
        Object.assign(image, { tree: join(dir, name), env: {}, workdir: '/', user: 'root' });
        mkdirSync(image.tree);
        stages.set(name, image.tree);
        break;
      }
      case 'WORKDIR':
        image.workdir = words[0] ?? '';
        mkdirSync(join(image.tree, image.workdir), { recursive: true });
        break;
      case 'COPY':
        copy(instruction, stages, at);
        break;
      case 'RUN':
        run(text, image.tree, at);
        break;
      case 'ENV':
        for (const word of text.split(/\s+/))
          image.env[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
        break;
      case 'USER':
        image.user = words[0] ?? '';
        break;
      case 'ENTRYPOINT':
        image.entrypoint = readStrings(text);
        break;
      case 'HEALTHCHECK':
        image.healthcheck = readStrings(text);
        break;
    }
  }
  return image;
}

/** The exec form; none of our image's is in the form for a shell. */
function readStrings(text: string): string[] {
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
}

function copy(instruction: Instruction, stages: ReadonlyMap<string, string>, at: string): void {
  const { from, sources, target } = listSources(instruction);
  for (const source of sources) {
    const origin = join(from === null ? ROOT : (stages.get(from) ?? ''), source);
    const isFolder = statSync(origin).isDirectory();
    const place = join(at, isFolder ? target : join(target, source.split('/').at(-1) ?? ''));
    if (from !== null) link(origin, place);
    else cpSync(origin, place, { recursive: true, filter: (path) => !isIgnored(relative(ROOT, path)) });
  }
}

/** A stage is done when another one copies from it: its thousands of files need not be there twice. */
function link(origin: string, place: string): void {
  if (!lstatSync(origin).isDirectory()) return linkSync(origin, place);
  mkdirSync(place, { recursive: true });
  for (const entry of readdirSync(origin, { withFileTypes: true })) {
    const [from, to] = [join(origin, entry.name), join(place, entry.name)];
    if (entry.isDirectory()) link(from, to);
    else linkSync(from, to);
  }
}

function run(text: string, tree: string, at: string): void {
  if (text === 'npm ci --ignore-scripts') symlinkSync(join(ROOT, 'node_modules'), join(at, 'node_modules'));
  else if (text === 'npm ci --omit=dev') copyModules(at);
  else if (text.startsWith('node '))
    execFileSync(process.execPath, text.split(' ').slice(1), { cwd: at, stdio: 'pipe' });
  else if (/^apt-get update *&& apt-get install .* && install --directory [^&]* \/data$/.test(text))
    mkdirSync(join(tree, 'data'));
  else throw new Error(`what would "${text}" do?`);
}

/** The packages that are not for development alone, with what their install scripts made. */
function copyModules(at: string): void {
  const { packages } = JSON.parse(readFileSync(join(at, 'package-lock.json'), 'utf8')) as Lockfile;
  for (const [path, entry] of Object.entries(packages)) {
    const origin = join(ROOT, path);
    if (path === '' || entry.dev === true || (entry.optional === true && !existsSync(origin))) continue;
    // Node asks a filter for each file: only where packages lie within this one, which are listed by themselves.
    const filter = (file: string): boolean => !relative(origin, file).split('/').includes('node_modules');
    cpSync(origin, join(at, path), { recursive: true, ...(existsSync(join(origin, 'node_modules')) && { filter }) });
  }
}
