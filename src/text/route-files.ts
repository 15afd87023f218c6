import { dirOf, nameOf } from './paths.ts';

/** A file of routes that is called like all others, each in a folder of its own. */
const OF_FOLDER = /^(?:index|routes?|router|views?|urls|endpoints?|api|handlers?|controller)\.\w+$/;

/** It is called like the files of other folders. */
export function isOfFolder(path: string): boolean {
  return OF_FOLDER.test(nameOf(path));
}

/** What a file of routes is about: its own name, or that of the folder where all are called alike. */
export function stemOf(path: string): string {
  const stem = nameOf(path).replace(/\.\w+$/, '');
  return isOfFolder(path) ? nameOf(dirOf(path)) : stem;
}
