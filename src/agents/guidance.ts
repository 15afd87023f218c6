import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type GrayMatter from 'gray-matter';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { AGENTS_DIR, listFiles } from './load-agents.ts';

/** What an agent is told of one area or technology, where a change holds it. */
export interface Area {
  name: string;
  when: { paths: readonly string[]; words: readonly string[] };
  text: string;
}

/** What an agent is told beyond its definition. */
export interface Guidance {
  /** In every review. */
  core: string;
  areas: readonly Area[];
}

const FrontMatter = z.strictObject({
  when: z.strictObject({
    /** Globs; one of them matches the path of a changed file. */
    paths: z.array(z.string()).default([]),
    /** Texts; one of them stands in a changed file, letter case aside. */
    words: z.array(z.string().min(2)).default([]),
  }),
});

/**
 * `agents/NAME/guidance/*.md` is for every review, in the order of the file names; `guidance/areas/*.md` says in its front matter
 * when it is wanted.
 * @throws AppError AGENT_INVALID naming the file
 */
export function loadGuidance(name: string, dir: string = AGENTS_DIR): Guidance {
  const folder = join(dir, name, 'guidance');
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8').trim();
  const files = listFiles(folder, '.md');
  const isArea = (file: string): boolean => /^areas[\\/]/.test(file);
  // A review without Claude reads no guidance, and this library is a tenth of what its start loads.
  const matter = createRequire(import.meta.url)('gray-matter') as typeof GrayMatter;
  return {
    core: files
      .filter((file) => !isArea(file))
      .map(read)
      .join('\n\n'),
    areas: files.filter(isArea).map((file) => {
      const { data, content } = matter(read(file), {});
      const parsed = FrontMatter.safeParse(data);
      if (!parsed.success)
        throw new AppError(
          'AGENT_INVALID',
          `agents/${name}/guidance/${file}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
        );
      return { name: file.replace(/^areas[\\/]|\.md$/g, ''), when: parsed.data.when, text: content.trim() };
    }),
  };
}
