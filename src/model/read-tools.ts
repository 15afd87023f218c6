import { z } from 'zod';
import type { Agent } from '../agents/agent.ts';
import type { Source } from '../commands/command.ts';
import { cutText } from '../review/cut-text.ts';
import { escapeInvisible } from '../review/invisible.ts';
import { createGlobMatcher } from '../review/match-globs.ts';
import { maskName } from '../secrets/mask-text.ts';
import type { MaskedText } from '../secrets/masked-text.ts';
import type { ReadTool } from './ask-claude.ts';

const NOT_SEARCHED = 'This file could not be searched for credentials, so it is not shown.';
const MAX_LINES = 400;
const MAX_PATHS = 300;
const MAX_HITS = 60;
/** Files that one search reads: four requests. */
const MAX_SEARCHED = 200;

/** A file's text as it may be shown. Null: it could not be searched for credentials, and is not shown. */
export type MaskFileText = (path: string, text: string) => Promise<MaskedText | null>;

/**
 * Read, Grep and Glob as the agent's definition names them: over the git objects of the pull request's head, by `source`,
 * never a disk. A path that is not in the tree is "not there", whatever it points to.
 */
export function createReadTools(agent: Pick<Agent, 'tools'>, source: Source, mask: MaskFileText): ReadTool[] {
  const read = async (paths: readonly string[]): Promise<Map<string, string>> => {
    const contents = await source.readHead(paths);
    const texts = new Map<string, string>();
    for (const [path, content] of contents) {
      if (content.kind !== 'text') continue;
      const masked = await mask(path, content.text);
      texts.set(path, masked === null ? NOT_SEARCHED : escapeInvisible(masked));
    }
    return texts;
  };
  const list = async (glob: string | undefined): Promise<string[]> => {
    const matches = createGlobMatcher(glob === undefined ? ['**'] : [glob]);
    return (await source.listFiles()).filter((path) => matches(path) === true);
  };
  const tools: ReadTool[] = [
    {
      name: 'Read',
      description: `Lines of a file at the head of the pull request, numbered; at most ${MAX_LINES} a call.`,
      input: z.object({ path: z.string().max(1000), start_line: z.number().int().min(1).optional() }),
      run: async ({ path, start_line: start }) => {
        const text = (await read([String(path)])).get(String(path));
        if (text === undefined) return 'There is no such text file at the head of this pull request.';
        const first = typeof start === 'number' ? start : 1;
        const lines = text.split('\n').slice(first - 1, first - 1 + MAX_LINES);
        return lines.map((line, index) => `${first + index} | ${cutText(line, 500)}`).join('\n') || '(no such lines)';
      },
    },
    {
      name: 'Grep',
      description: `Lines that contain a literal text, letter case aside, in at most ${MAX_SEARCHED} files; narrow it by a glob.`,
      input: z.object({ text: z.string().min(2).max(200), glob: z.string().max(200).optional() }),
      run: async ({ text, glob }) => {
        const all = await list(typeof glob === 'string' ? glob : undefined);
        const changed = new Set(source.changed);
        const paths = [...all].sort((a, b) => Number(changed.has(b)) - Number(changed.has(a))).slice(0, MAX_SEARCHED);
        const wanted = String(text).toLowerCase();
        const hits = [...(await read(paths))].flatMap(([path, content]) =>
          content
            .split('\n')
            .flatMap((line, index) =>
              line.toLowerCase().includes(wanted) ? [`${maskName(path)}:${index + 1} | ${cutText(line, 300)}`] : [],
            ),
        );
        const rest = all.length > paths.length ? `\n(${all.length - paths.length} files were not searched)` : '';
        return `${hits.slice(0, MAX_HITS).join('\n') || 'No line contains it.'}${rest}`;
      },
    },
    {
      name: 'Glob',
      description: `Paths of the head's tree that match a glob of * and **; at most ${MAX_PATHS}.`,
      input: z.object({ glob: z.string().max(200) }),
      run: async ({ glob }) => {
        const paths = await list(String(glob));
        const more = paths.length > MAX_PATHS ? `\nand ${paths.length - MAX_PATHS} more` : '';
        return `${paths.slice(0, MAX_PATHS).map(maskName).join('\n') || 'No path matches.'}${more}`;
      },
    },
  ];
  return tools.filter((tool) => agent.tools.some((name) => name === tool.name));
}
