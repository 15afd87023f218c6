import type { Snapshot } from '../change/change.ts';
import type { RawFinding } from '../findings/finding.ts';
import { dirOf, joinPath, nameOf } from '../text/paths.ts';

const NAME =
  '(?:pass|pwd|secret|token|key|credential|auth|dsn|ur[li]|salt|jwt|cookie|hmac|pin|database)\\w*["\']?\\s*[=:]';
/** A name that may be one of a credential. */
const NAMES = new RegExp(NAME, 'i');
/** A value under such a name, or a key as such. */
const ASSIGNS = new RegExp(`${NAME}\\s*["']?[^\\s"'$#]|://[^\\s/@]*:[^\\s/@]+@|-----BEGIN`, 'i');
/** A longer line is not looked at, and may hold anything. */
const MOST_OF_LINE = 1000;
const EXAMPLE = ['.example', '.sample', '.dist', '.template'];
const MOST_EXAMPLES = 10;

/** A file that is read for what it copies. */
export function mayCopySettings(path: string): boolean {
  return /(?:docker|container)file[^/]*$/i.test(path);
}

/**
 * Whether everybody may read that no credential is in the file that is copied: it stands in the repository, or what it is made of does.
 * An example with the name of a credential is filled in by somebody, so it says nothing of a file that is not there.
 */
export async function isEmptyOfSecrets(
  { evidence }: RawFinding,
  path: string,
  snapshot: Pick<Snapshot, 'readHead'>,
  listTree: () => Promise<readonly string[]>,
): Promise<boolean> {
  const named = (/^\s*(?:COPY|ADD)\s+([^\n]*)/i.exec(evidence)?.[1] ?? '').split(/\s+/).slice(0, -1);
  const [copied, ...others] = named.filter((one) => !one.startsWith('--'));
  if (copied === undefined || others.length > 0 || /[*?$[]/.test(copied)) return false;
  const bare = copied.replace(/^\.?\//, '');
  const places = [...new Set([bare, joinPath(dirOf(path), bare)])];
  const texts = await readTexts(snapshot, places);
  if (texts.size === 0) {
    const names = new Set(EXAMPLE.map((end) => nameOf(bare) + end));
    const examples = (await listTree()).filter((one) => names.has(nameOf(one))).slice(0, MOST_EXAMPLES);
    const read = await readTexts(snapshot, examples);
    return read.size > 0 && [...read.values()].every((text) => isFreeOf(NAMES, text));
  }
  const examples = await readTexts(
    snapshot,
    places.flatMap((place) => EXAMPLE.map((end) => place + end)),
  );
  const isCopy = (place: string, text: string): boolean => EXAMPLE.some((end) => examples.get(place + end) === text);
  return [...texts].every(([place, text]) => isFreeOf(ASSIGNS, text) || isCopy(place, text));
}

async function readTexts(
  { readHead }: Pick<Snapshot, 'readHead'>,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const read = await readHead(paths);
  return new Map([...read].flatMap(([path, one]) => (one.kind === 'text' ? [[path, one.text] as const] : [])));
}

function isFreeOf(words: RegExp, text: string): boolean {
  return text.split('\n').every((line) => line.length <= MOST_OF_LINE && !words.test(line));
}
