import type { Repository } from '../change/repository.ts';
import type { MaskedText } from '../secrets/masked-text.ts';
import { dirOf } from '../text/paths.ts';
import type { Piece } from './context.ts';

/** A longer document is meant for everybody, and whoever needs it can read it. */
const MOST_LINES = 80;
const MOST_DOCUMENTS = 4;
const MOST_CHARS = 6000;
/** Before its length is known it is read. */
const MOST_READ = 8;

const README = /(^|\/)readme(\.(md|rst|txt|adoc))?$/i;
/** How it gets to where it runs: which of two versions meets which schema. Deeper down documents are for those who use it. */
const FOLDER = '(?:docs?|deploy(?:ment)?|ops|operations|runbooks?)';
const DEPLOY = new RegExp(
  `^(?:(?:.*/)?${FOLDER}/)?[^/]*(?:deploy|releas(?:e|ing)|roll-?out|runbook|migrations)[^/]*\\.(?:mdx?|rst|txt|adoc)$`,
  'i',
);
/** How versions are numbered and published says nothing of which code meets which schema. */
const RELEASE = /(^|\/)[^/]*releas[^/]*$/i;
const RUNS = /\b(?:deploy|migrat|roll(?:s|ed|ing)?[ -]?(?:out|back|ing)|restart)/i;
const NOT_OURS =
  /(^|\/)(node_modules|vendor|third_party|tests?|examples?|fixtures|\.github)\/|changelog|release[-_]?notes/i;

/**
 * The short documents in which a repository says how it is built and deployed. They are few words and decide often; each reader
 * would ask for them. As they stand on the base: a change does not explain itself away.
 *
 * @param paths all of the repository
 */
export async function findDocuments(
  repository: Pick<Repository, 'readBase'>,
  paths: readonly string[],
  changed: readonly string[],
  mask: (path: string, text: string) => Promise<MaskedText | null>,
): Promise<Piece[]> {
  const readmes = paths.filter((path) => README.test(path) && isAbove(path, changed));
  const deploys = paths.filter((path) => DEPLOY.test(path) && !README.test(path) && isAbove(ownerOf(path), changed));
  // The deepest and the highest: many folders of a change do not hide what is said of all.
  const near = [readmes, deploys].flatMap((some) => {
    const all = byDepth(some.filter((path) => !NOT_OURS.test(path)));
    return all.length <= MOST_READ ? all : [...all.slice(0, MOST_READ - 2), ...all.slice(-2)];
  });
  const contents = await repository.readBase(near);
  const pieces: Piece[] = [];
  let room = MOST_CHARS;
  for (const path of near) {
    const content = contents.get(path);
    const text = content?.kind === 'text' ? content.text.trimEnd() : '';
    const lines = text.split('\n').length;
    if (text === '' || lines > MOST_LINES || text.length > room || pieces.length >= MOST_DOCUMENTS) continue;
    if (RELEASE.test(path) && !RUNS.test(text)) continue;
    const masked = await mask(path, text);
    if (masked === null) continue;
    room -= masked.length;
    const because = README.test(path) ? 'it introduces this code' : 'it says how this is deployed';
    pieces.push({ role: 'document', path, side: 'base', startLine: 1, endLine: lines, text: masked, because });
  }
  return pieces;
}

/** `docs/deploy.md` is about the folder that holds `docs`. */
function ownerOf(path: string): string {
  return path.replace(new RegExp(`(^|/)${FOLDER}/[^/]*$`, 'i'), '$1README.md');
}

/** In a folder that holds something of the change, or above one. */
function isAbove(path: string, changed: readonly string[]): boolean {
  const dir = dirOf(path);
  return dir === '' || changed.some((one) => one.startsWith(`${dir}/`));
}

/** The nearest to the change first: what is said of a service is truer of it than what is said of all. */
function byDepth(paths: readonly string[]): string[] {
  const depth = (path: string): number => path.split('/').length;
  return [...paths].sort((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1));
}
