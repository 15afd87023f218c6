import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { layOutImage } from '../test/support/lay-out-image.ts';
import type { Figure } from './figure.ts';

/** The files that the Dockerfile adds to its base image, and which of them are the most. */
export async function benchImage(dir: string): Promise<Figure[]> {
  const where = join(dir, 'image');
  mkdirSync(where);
  const { tree } = layOutImage(where);
  const all = measure(tree);
  const modules = join(tree, 'app/node_modules');
  const largest = readdirSync(modules)
    .map((name) => ({ name, bytes: measure(join(modules, name)) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 4);
  return [
    {
      what: 'image, without its base',
      value: `${megabytes(all)} MB`,
      beside: largest.map(({ name, bytes }) => `${name} ${megabytes(bytes)}`).join(', '),
      aim: 'under 350 MB',
    },
  ];
}

function measure(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + measure(join(path, name)), 0);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
