import { z } from 'zod';
import type { Agent } from '../agents/agent.ts';
import type { Content } from '../change/change.ts';
import type { Repository, Side } from '../change/repository.ts';
import type { KnownValues } from '../secrets/mask-text.ts';
import type { MaskedText } from '../secrets/masked-text.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { createGlobMatcher } from '../text/match-globs.ts';
import { splitBraces } from '../text/split-braces.ts';
import type { ReadTool } from './claude/claude.ts';
import { createSentLines, MOST_LINES_OF_CALL, type SentLines } from './sent-lines.ts';
import { showName } from './show-name.ts';

const NOT_SEARCHED = 'This file could not be searched for credentials, so it is not shown.';
const MAX_PATHS = 300;
const MAX_HITS = 60;
const MAX_HITS_OF_FILE = 20;
/** Of which MAX_HITS are told. */
const MAX_FOUND = 300;
/** Files whose text is kept for the next call. */
const MOST_KEPT = 100;
/** Characters that one conversation reads in all: the tree is a stranger's, and eighty calls of 60 files of 2 MB are 9 GB. */
const MAX_READ = 20_000_000;
const SPENT = 'This conversation has read as much as it may.';

/**
 * A file's text as it may be shown, and the credentials that are masked in it. Null: it could not be searched for credentials, and is
 * not shown.
 */
export type MaskFileText = (
  path: string,
  text: string,
) => Promise<{ text: MaskedText; values: readonly string[] } | null>;

/** Notes what is masked, so that it can be hidden wherever else it stands. */
export function noteMasked(mask: MaskFileText, known: KnownValues): MaskFileText {
  return async (path, text) => {
    const masked = await mask(path, text);
    if (masked) known.add(masked.values);
    return masked;
  };
}

export const Where = z
  .enum(['head', 'base'])
  .default('head')
  .describe('The repository after the change, or before it.');
const ReadInput = z.object({
  path: z.string().max(1000),
  start_line: z.number().int().min(1).default(1),
  side: Where,
});
const GrepInput = z.object({
  text: z.string().min(2).max(200).describe('Literal; letter case does not count.'),
  glob: z.string().max(200).optional(),
  whole_word: z.boolean().default(false),
  side: Where,
});
const GlobInput = z.object({ glob: z.string().max(200), side: Where });

/**
 * Read, Grep and Glob as the agent's definition names them: over git objects of head and base, never a disk. A path that is not
 * in the tree is "not there", whatever it points to. One set of tools for one conversation: lines that it was sent already are
 * not sent again.
 */
export function createReadTools(
  agent: Pick<Agent, 'tools'>,
  repository: Repository,
  mask: MaskFileText,
  changed: readonly string[] = [],
  sent: SentLines = createSentLines(),
): ReadTool[] {
  const texts = new Map<string, string | null>();
  let left = MAX_READ;
  const show = async (path: string, content: Content | undefined): Promise<string | null> => {
    if (content?.kind !== 'text') return content === undefined ? SPENT : null;
    if (left <= 0) return SPENT;
    left -= content.text.length;
    const masked = await mask(path, content.text);
    return masked === null ? NOT_SEARCHED : escapeInvisible(masked.text);
  };
  /** Texts as they may be shown; null for what is no text. */
  const read = async (side: Side, paths: readonly string[]): Promise<Map<string, string | null>> => {
    const found = new Map<string, string | null>();
    const missing = left <= 0 ? [] : [...new Set(paths)].filter((path) => !texts.has(`${side}:${path}`));
    const contents = await (side === 'head' ? repository.readHead(missing) : repository.readBase(missing));
    for (const path of paths) {
      const key = `${side}:${path}`;
      const shown = texts.has(key) ? (texts.get(key) ?? null) : await show(path, contents.get(path));
      found.set(path, shown);
      texts.delete(key);
      texts.set(key, shown);
    }
    for (const key of [...texts.keys()].slice(0, Math.max(0, texts.size - MOST_KEPT))) texts.delete(key);
    return found;
  };
  const own = new Set(changed);

  const tools: ReadTool[] = [
    {
      name: 'Read',
      description: `Lines of a file of the repository, numbered; at most ${MOST_LINES_OF_CALL} a call.`,
      input: ReadInput,
      run: async (input) => {
        const { path, start_line: start, side } = ReadInput.parse(input);
        const text = (await read(side, [path])).get(path) ?? null;
        if (text === null) return `There is no such text file at the ${side} of this pull request.`;
        if (text === NOT_SEARCHED || text === SPENT) return text;
        return sent.show({ side, path, lines: text.replace(/\n$/, '').split('\n') }, start);
      },
    },
    {
      name: 'Grep',
      description: `Lines anywhere in the repository that contain a literal text; at most ${MAX_HITS}, changed files first. Narrow it by a glob.`,
      input: GrepInput,
      run: async (input) => {
        const { text, glob, whole_word: whole, side } = GrepInput.parse(input);
        const { hits, missing } = await repository.search(side, {
          texts: [text],
          whole,
          anyCase: true,
          most: MAX_FOUND,
          mostOfFile: MAX_HITS_OF_FILE,
          ...(glob !== undefined && { globs: splitBraces(glob) }),
        });
        const ordered = hits.toSorted((a, b) => Number(own.has(b.path)) - Number(own.has(a.path)));
        const lines: string[] = [];
        // Read on until enough can be shown: a hit that is hidden takes the place of no other, so that it cannot be counted.
        for (let at = 0; at < ordered.length && lines.length <= MAX_HITS; at += MAX_HITS) {
          if (at > 0 && left <= 0) break;
          const some = ordered.slice(at, at + MAX_HITS);
          const contents = await read(
            side,
            some.map((hit) => hit.path),
          );
          lines.push(...some.flatMap(({ path, line }) => showHit(path, line, contents.get(path) ?? '', text)));
        }
        const more = lines.splice(MAX_HITS).length > 0;
        const rest = [
          ...(more ? ['more lines contain it'] : []),
          ...(missing === null ? [] : [missing]),
          ...(left <= 0 ? [SPENT] : []),
        ];
        return `${lines.join('\n') || 'No line contains it.'}${rest.length === 0 ? '' : `\n(${rest.join('; ')})`}`;
      },
    },
    {
      name: 'Glob',
      description: `Paths of the repository that match a glob of * and **; at most ${MAX_PATHS}.`,
      input: GlobInput,
      run: async (input) => {
        const { glob, side } = GlobInput.parse(input);
        const matches = createGlobMatcher(splitBraces(glob));
        const { paths, complete } = await repository.listFiles(side);
        const found = paths.filter((path) => matches(path) === true);
        const more = found.length > MAX_PATHS ? `\nand ${found.length - MAX_PATHS} more` : '';
        const rest = complete ? '' : '\n(not all files of the repository could be listed)';
        return `${found.slice(0, MAX_PATHS).map(showName).join('\n') || 'No path matches.'}${more}${rest}`;
      },
    },
  ];
  return tools.filter((tool) => agent.tools.some((name) => name === tool.name));
}

/** What only the hidden part of a line holds is not told: it could be found out letter by letter. */
function showHit(path: string, line: number, content: string, wanted: string): string[] {
  const text = content.split('\n')[line - 1] ?? '';
  const at = text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at === -1) return [];
  const start = at > 200 ? at - 100 : 0;
  return [`${showName(path)}:${line} | ${start > 0 ? '…' : ''}${cutText(text.slice(start), 300)}`];
}
