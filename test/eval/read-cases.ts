import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { runGit } from '../../src/git/run-git.ts';
import { commitAll } from '../../src/sandbox/demo/make-repository.ts';

const CASES = fileURLToPath(new URL('./cases/', import.meta.url));

/** `lines` and `text` are of the head, or of the base if the side is LEFT: then the text is gone from the head's file. */
const placeSchema = z.strictObject({
  path: z.string(),
  side: z.enum(['LEFT', 'RIGHT']),
  lines: z.tuple([z.int().positive(), z.int().positive()]),
  text: z.string().min(1),
});
export type CasePlace = z.infer<typeof placeSchema>;

const pullSchema = {
  title: z.string().min(1),
  description: z.string().min(1),
  commits: z.array(z.string().min(1)).min(2).max(4),
  language: z.enum(['typescript', 'python', 'go']),
  framework: z.string(),
};

/** Files without which nobody can be sure. The change to a flawed case leaves them alone. */
const needs = z.array(z.string());

const caseSchema = z.discriminatedUnion('clean', [
  z.strictObject({
    ...pullSchema,
    clean: z.literal(false),
    flaw: z.strictObject({
      class: z.string(),
      cwe: z.string().regex(/^CWE-\d+$/),
      at: placeSchema,
      /** Other places where a comment that says the same is as good. */
      also: z.array(placeSchema).default([]),
      /** One sentence: the trigger and what then happens. */
      what: z.string(),
      needs,
      /** The flaw is that something was removed. */
      deletion: z.boolean(),
    }),
  }),
  z.strictObject({
    ...pullSchema,
    clean: z.literal(true),
    /** What a hasty reviewer would say, and why it is wrong. */
    tempting: z.array(z.strictObject({ at: placeSchema, says: z.string(), wrong: z.string(), needs })).min(1),
  }),
]);

export type EvalCase = z.infer<typeof caseSchema> & { name: string; dir: string };

/** Every case of a folder, by name. */
export function readCases(folder: string = CASES): EvalCase[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const dir = join(folder, name);
      return { ...caseSchema.parse(parse(readFileSync(join(dir, 'case.yml'), 'utf8'))), name, dir };
    });
}

/**
 * Makes `dir` a git repository of two commits: the case's base on `main`, and its head on `feature`, with the case's commit
 * messages as one.
 */
export async function makeCaseRepository(dir: string, one: EvalCase): Promise<{ base: string; head: string }> {
  await mkdir(dir, { recursive: true });
  await runGit(dir, ['init', '--quiet', '--initial-branch=main']);
  const commit = async (tree: string, message: string): Promise<string> => {
    const old = (await readdir(dir)).filter((entry) => entry !== '.git');
    await Promise.all(old.map((entry) => rm(join(dir, entry), { recursive: true })));
    await cp(join(one.dir, tree), dir, { recursive: true });
    await commitAll(dir, message);
    return (await runGit(dir, ['rev-parse', 'HEAD'])).toString('utf8').trim();
  };
  const base = await commit('base', 'Before the change');
  await runGit(dir, ['checkout', '--quiet', '-b', 'feature']);
  const head = await commit('head', one.commits.join('\n\n'));
  return { base, head };
}
